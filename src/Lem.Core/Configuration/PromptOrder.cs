using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>In what order the prompts of a source are measured.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PromptOrder>))]
public enum PromptOrder
{
    /// <summary>As the source has them.</summary>
    AsIs,

    /// <summary>Shuffled by the source's seed before they are taken, so that fewer than all are a sample of it.</summary>
    Shuffled,

    /// <summary>Those that are taken, from the shortest to the longest by characters: tokens differ from model to model.</summary>
    ByLength,
}

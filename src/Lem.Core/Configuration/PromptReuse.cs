using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary><c>Cold</c> empties prefix caches before every measured window; <c>Keep</c> leaves them as they are.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PromptReuse>))]
public enum PromptReuse
{
    Cold,
    Keep,
}

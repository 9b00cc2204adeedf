using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>What the model is asked to do; recorded, it changes nothing.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TaskType>))]
public enum TaskType
{
    TextGeneration,
    Translation,
    Summarisation,
}

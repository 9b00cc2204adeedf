using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>Number format of the weights and of the computation.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Precision>))]
public enum Precision
{
    Float32,
    Float16,
    Bfloat16,
}

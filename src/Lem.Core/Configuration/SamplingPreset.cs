using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>A named set of sampling values, below every key that is given explicitly.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SamplingPreset>))]
public enum SamplingPreset
{
    Deterministic,
    Standard,
    Creative,
    Factual,
}

using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>The law of token counts per request.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<LengthDistribution>))]
public enum LengthDistribution
{
    Fixed,
    Uniform,
    Normal,
    Lognormal,
}

/// <summary>Token counts per request: a fixed number (<c>mean</c>), or drawn from a distribution and held within <c>min</c> to <c>max</c>.</summary>
public sealed record TokenLengths(
    LengthDistribution Dist = LengthDistribution.Fixed,
    double? Mean = null,
    double? Sd = null,
    int? Min = null,
    int? Max = null)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (Dist is not LengthDistribution.Uniform && Mean is not >= 1)
            yield return new("mean", $"must be 1 or more with dist: {Name}, but is {Mean?.ToString() ?? "null"}");
        if (Dist is LengthDistribution.Normal or LengthDistribution.Lognormal && Sd is not >= 0)
            yield return new("sd", $"must be 0 or more with dist: {Name}, but is {Sd?.ToString() ?? "null"}");
        if (Dist is LengthDistribution.Uniform && (Min is null || Max is null))
            yield return new("min", "is required with dist: uniform, and so is max");
        if (Min < 1)
            yield return new("min", $"must be 1 or more, but is {Min}");
        if (Min > Max)
            yield return new("min", $"must not exceed max ({Max}), but is {Min}");
    }

    string Name => Dist.ToString().ToLowerInvariant();
}

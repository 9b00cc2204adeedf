namespace Lem.Core.Configuration;

/// <summary>How the next token is picked.</summary>
/// <param name="Temperature">0 to 2; 0 is greedy.</param>
/// <param name="TopK">The k likeliest tokens stay; 0 = off.</param>
/// <param name="TopP">Nucleus: the smallest set of tokens whose probabilities sum to this.</param>
/// <param name="MinP">Tokens below this share of the likeliest one's probability are dropped.</param>
/// <param name="IgnoreEos">Generates to the limit even past the end token: fixed output length.</param>
public sealed record DecoderConfig(
    SamplingPreset? Preset = null,
    double Temperature = 1.0,
    bool DoSample = true,
    int TopK = 50,
    double TopP = 1.0,
    double MinP = 0.0,
    double RepetitionPenalty = 1.0,
    bool IgnoreEos = false)
{
    /// <summary>Always the likeliest token: temperature 0, or no sampling.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsGreedy => !DoSample || Temperature == 0;

    public IEnumerable<ConfigError> Validate()
    {
        if (Temperature is not (>= 0 and <= 2))
            yield return new("temperature", $"must be 0 to 2, but is {Temperature}");
        if (TopK < 0)
            yield return new("top_k", $"must be 0 (off) or more, but is {TopK}");
        if (TopP is not (>= 0 and <= 1))
            yield return new("top_p", $"must be 0 to 1, but is {TopP}");
        if (MinP is not (>= 0 and <= 1))
            yield return new("min_p", $"must be 0 to 1, but is {MinP}");
        if (RepetitionPenalty is not (>= 0.1 and <= 10))
            yield return new("repetition_penalty", $"must be 0.1 to 10, but is {RepetitionPenalty}");
    }
}

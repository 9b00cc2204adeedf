namespace Lem.Core.Configuration;

/// <summary>Latency limits a request must meet to count as good; null = no limit.</summary>
public sealed record SloConfig(double? TtftMs = null, double? TpotMs = null, double? E2eMs = null)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (TtftMs <= 0)
            yield return new("ttft_ms", $"must be above 0, but is {TtftMs}");
        if (TpotMs <= 0)
            yield return new("tpot_ms", $"must be above 0, but is {TpotMs}");
        if (E2eMs <= 0)
            yield return new("e2e_ms", $"must be above 0, but is {E2eMs}");
    }
}

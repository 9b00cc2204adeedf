namespace Lem.Core.Configuration.Campaigns;

/// <summary>How often and in which order cells run, and the pauses between them.</summary>
public sealed record ExecutionConfig(
    int Cycles = 3,
    CampaignStructure Structure = CampaignStructure.Interleaved,
    double ConfigGapSeconds = 60,
    double CycleGapSeconds = 300,
    int? Seed = null)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (Cycles is < 1 or > 100)
            yield return new("cycles", $"must be 1 to 100, but is {Cycles}");
        if (ConfigGapSeconds < 0)
            yield return new("config_gap_seconds", $"must be 0 or more, but is {ConfigGapSeconds}");
        if (CycleGapSeconds < 0)
            yield return new("cycle_gap_seconds", $"must be 0 or more, but is {CycleGapSeconds}");
    }
}

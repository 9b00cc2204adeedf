namespace Lem.Core.Configuration.Campaigns;

/// <summary>Cycles at set times: <c>at</c> a time of day on some <c>days</c>, or every <c>interval</c>.</summary>
public sealed record CampaignScheduleConfig(
    string? At = null,
    IReadOnlyList<string>? Days = null,
    string? Interval = null,
    string? TotalDuration = null)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (At is null && Interval is null)
            yield return new("at", "is required, or interval");
        foreach (var error in AsExperimentSchedule().Validate())
            yield return error;
    }

    // The same words, the same rules.
    ScheduleConfig AsExperimentSchedule() => new(Enabled: false, Interval, At, Days, TotalDuration ?? "24h");
}

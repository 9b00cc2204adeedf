namespace Lem.Core.Configuration;

/// <summary>Repeats an experiment at set times: every <c>interval</c>, or <c>at</c> a time of day on some <c>days</c>.</summary>
public sealed record ScheduleConfig(
    bool Enabled = false,
    string? Interval = null,
    string? At = null,
    IReadOnlyList<string>? Days = null,
    string TotalDuration = "24h")
{
    public IEnumerable<ConfigError> Validate()
    {
        if (Enabled && Interval is null && At is null)
            yield return new("enabled", "needs interval or at");
        if (Interval is not null && !Duration.TryParse(Interval, out _))
            yield return new("interval", $"must be a number with s, m, h, d or w, such as 6h, but is {Interval}");
        if (!Duration.TryParse(TotalDuration, out _))
            yield return new("total_duration", $"must be a number with s, m, h, d or w, such as 24h, but is {TotalDuration}");
        if (At is not null && !TimeOnly.TryParseExact(At, "HH:mm", out _))
            yield return new("at", $"must be a time of day as HH:MM, but is {At}");
        foreach (var day in Days ?? [])
        {
            if (!DayNames.IsKnown(day))
                yield return new("days", $"must be {DayNames.Choices}, but has {day}");
        }
    }
}

using Lem.Measurement.Energy;
using Lem.Reporting;
using Lem.Reporting.Tables;

namespace Lem.Cli.Metering;

/// <summary>Idle powers for people: a line per device.</summary>
static class BaselineLines
{
    static readonly PlainTable Table = new(
        new TableColumn("DEVICE", Elastic: true), new TableColumn("IDLE", RightAligned: true), new TableColumn("± 95 %", RightAligned: true),
        new TableColumn("DRIFT", RightAligned: true), new TableColumn("± 95 %", RightAligned: true), new TableColumn("STATE"));

    /// <param name="kept">The settled ones are in the cache.</param>
    public static IReadOnlyList<string> Render(IdleBaseline baseline, bool kept) =>
        Table.Render(baseline.Channels.Select(idle => (IReadOnlyList<string?>)
        [
            idle.Channel.Device,
            Watts(idle.Mean?.Value),
            Watts(idle.HalfWidth?.Value),
            Watts(idle.Drift?.Value),
            Watts(idle.DriftHalfWidth?.Value),
            State(idle, kept),
        ]));

    static string State(IdlePower idle, bool kept) => idle switch
    {
        { Mean: null } => $"not measured ({idle.Reason})",
        { Settled: false } => "not settled",
        _ => kept ? "settled, kept" : "settled",
    };

    static string? Watts(double? watts) => watts is { } known ? $"{Figures.Plain(known)} W" : null;
}

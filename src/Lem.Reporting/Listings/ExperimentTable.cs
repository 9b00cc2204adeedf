using System.Globalization;
using Lem.Core.Results;
using Lem.Reporting.Tables;

namespace Lem.Reporting.Listings;

/// <summary>Experiments for people, a line each.</summary>
public static class ExperimentTable
{
    static readonly PlainTable Table = new(
        new("ID"),
        new("WHEN (UTC)"),
        new("CONFIG", Elastic: true),
        new("MODEL", Elastic: true),
        new("BACKEND"),
        new("ENERGY", RightAligned: true),
        new("J/TOKEN", RightAligned: true),
        new("TOK/S", RightAligned: true),
        new("!", RightAligned: true));

    /// <summary>What the columns mean, for whoever looks at the table.</summary>
    public const string Legend = "est = estimated, int = integrated power, ctr = counter; tokens are output tokens; ×n = means over n cycles; ! = findings";

    /// <summary>Header and rows; nothing where there are none.</summary>
    public static IReadOnlyList<string> Render(IReadOnlyList<ExperimentEntry> entries)
    {
        var names = ExperimentSelection.ShortNames([.. entries.Select(entry => entry.Id)]);
        return entries.Count == 0 ? [] : Table.Render(entries.Zip(names, Row));
    }

    static string?[] Row(ExperimentEntry entry, string name) =>
    [
        name,
        entry.Start?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        entry.ConfigName + Cycles(entry),
        entry.ModelName is { } model ? ModelLabel(model) : null,
        entry.Backend,
        entry.Cycles == 0 ? State(entry.State) : Energy(entry),
        Figures.Si(entry.JoulesPerOutputToken, "J"),
        Figures.Plain(entry.OutputTokensPerSecond),
        entry.Cycles == 0 ? null : entry.Findings == 0 ? "" : $"{entry.Findings}{(entry.Gravest == FindingSeverity.Invalid ? "✗" : "")}",
    ];

    // Of a path the file's name says enough.
    static string ModelLabel(string model) => model.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? Path.GetFileName(model) : model;

    static string Cycles(ExperimentEntry entry) =>
        entry.RequestedCycles <= 1 ? ""
        : entry.Cycles == entry.RequestedCycles ? $" ×{entry.Cycles}"
        : $" {entry.Cycles}/{entry.RequestedCycles}";

    static string Energy(ExperimentEntry entry) => Figures.Si(entry.TotalEnergyJ?.Value, "J") + entry.TotalEnergyMethod switch
    {
        EnergyMethod.Counter => " ctr",
        EnergyMethod.Integrated => " int",
        EnergyMethod.Estimated => " est",
        _ => "",
    };

    static string State(ExperimentState state) => state switch
    {
        ExperimentState.NotAggregated => "raw only",
        ExperimentState.Running => "running",
        ExperimentState.Unfinished => "unfinished",
        _ => "incomplete",
    };
}

using Lem.Core.Metrics.Phases;
using Lem.Core.Results.Phases;
using Lem.Core.Statistics;
using Lem.Reporting.Summaries;
using Lem.Reporting.Tables;

namespace Lem.Reporting.Phases;

/// <summary>Energy of prefill and decode for people.</summary>
public static class PhaseEnergyText
{
    static readonly PlainTable Table = new(new("PHASE"), new("ENERGY", RightAligned: true), new("95 %"), new("EACH"));

    static readonly PlainTable Terms = new(new("TERM"), new("VALUE", RightAligned: true), new("95 %"), new("INFLATION", RightAligned: true));

    public static IReadOnlyList<string> Render(PhaseEnergyResult result) => [.. Figures(result), .. FindingLines.Render(result.Findings)];

    static IEnumerable<string> Figures(PhaseEnergyResult result) => result switch
    {
        { Split: { } split } =>
        [
            $"energy of a window by phase: a run of one token each, subtracted ({Windows(result.WindowIds)} and {Windows(result.OneTokenWindowIds)})",
            "",
            .. Table.Render(
            [
                ["prefill", Energy(split.PrefillJ), Range(split.Prefill, "J"), Each(result.PrefillJPerInputToken, "input token")],
                ["decode", Energy(split.DecodeJ), Range(split.Decode, "J"), Each(result.DecodeJPerOutputToken, "output token after the first")],
            ]),
        ],
        { Regression: { } regression } =>
        [
            $"energy by phase: regression over {Windows(result.WindowIds)}; what it leaves has a standard deviation of {Energy(regression.ResidualSd)}",
            "",
            .. Terms.Render(
            [
                Row("per input token", regression.PerInputTokenJ, "J"),
                Row("per output token", regression.PerOutputTokenJ, "J"),
                Row("of the time", regression.IdleW, "W"),
                Row("per window", regression.PerWindowJ, "J"),
            ]),
        ],
        _ => [$"no regression over {Windows(result.WindowIds)}: {Why(result.Reason)}"],
    };

    static string?[] Row(string name, PhaseTerm term, string unit) =>
        [name, Reporting.Figures.Si(term.Value, unit), Range(term.Interval, unit), Reporting.Figures.Plain(term.VarianceInflation)];

    static string Energy(double joules) => Reporting.Figures.Si(joules, "J");

    static string Each(double? joules, string what) => joules is null ? "–" : $"{Reporting.Figures.Si(joules, "J")} per {what}";

    static string Range(IntervalEstimate estimate, string unit) => estimate.Interval is { } interval ? Range(interval, unit) : "none: each run needs two cycles or more";

    static string Range(ConfidenceInterval interval, string unit) => $"{Reporting.Figures.Si(interval.Low, unit)} … {Reporting.Figures.Si(interval.High, unit)}";

    static string Windows(IReadOnlyList<string> ids) => ids.Count == 1 ? "1 window" : $"{ids.Count} windows";

    static string Why(string? reason) => reason switch
    {
        "too_few_cells" => "it has four coefficients, and needs five windows or more",
        "a_column_is_zero" => "no window has tokens of one of the kinds",
        "columns_depend_on_each_other" => "their lengths do not vary, or vary together: give windows of other input lengths, and of other output lengths",
        _ => reason ?? "not known",
    };
}

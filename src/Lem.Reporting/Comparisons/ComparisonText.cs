using Lem.Core.Results.Comparison;
using Lem.Core.Results.Storage;
using Lem.Reporting.Summaries;
using Lem.Reporting.Tables;

namespace Lem.Reporting.Comparisons;

/// <summary>A comparison for people: who is compared, each metric with its sentences, what is doubtful.</summary>
public static class ComparisonText
{
    static readonly PlainTable Sides = new(
        new("CONFIGURATION", Elastic: true), new("MODEL", Elastic: true), new("BACKEND"), new("CYCLES", RightAligned: true), new("EXPERIMENT", Elastic: true));

    static readonly PlainTable Values = new(new(""), new("", RightAligned: true), new(""));

    /// <summary>How to read it, for whoever does.</summary>
    public const string Legend = "means are geometric, over cycles; intervals by t on differences of logarithms; verdicts by Holm over the comparisons of "
        + "a metric; \"finds from\" = in four of five repetitions; docs/methodology.md says more";

    public static IReadOnlyList<string> Render(ComparisonResult result)
    {
        List<string> lines = [.. Sides.Render(result.Configurations.Select(side => Row(side, result.Reference)))];
        foreach (var metric in result.Metrics.Where(metric => metric.Values.Any(value => value.Mean is not null)))
            lines.AddRange(Block(metric));
        List<MetricComparison> missing = [.. result.Metrics.Where(metric => metric.Values.All(value => value.Mean is null))];
        if (missing.Count > 0)
            lines.AddRange(["", "not compared", .. missing.Select(WhyNot)]);
        return [.. lines, .. FindingLines.Render(result.Findings)];
    }

    static string WhyNot(MetricComparison metric) =>
        $"  {MetricWords.Of(metric.Metric).Label}: {ComparisonWords.Reason(metric.Values[0].Reason)}";

    static IReadOnlyList<string?> Row(ComparedConfiguration side, string? reference) =>
    [
        side.Name == reference ? $"{side.Name} (reference)" : side.Name,
        side.ModelName,
        side.Backend,
        $"{side.WindowIds.Count}",
        side.ExperimentIds.Count == 1 ? ShownId(side) : $"{side.ExperimentIds.Count} experiments",
    ];

    // A single window of several was named by its whole id.
    static string ShownId(ComparedConfiguration side) =>
        side.WindowIds is [var only] && ExperimentId.OfExperiment(only) != only ? only : side.ExperimentIds[0];

    static IEnumerable<string> Block(MetricComparison metric)
    {
        yield return "";
        yield return MetricWords.Of(metric.Metric).Label;
        foreach (var line in Values.Render(metric.Values.Select(value => Row(metric, value))).Skip(1))
            yield return $"  {line}";
        foreach (var pair in metric.Pairs)
        {
            foreach (var line in Hanging("  → ", ComparisonWords.Sentence(metric, pair)))
                yield return line;
            if (pair.P is not null)
                yield return $"    {Tests(metric, pair)}";
        }
    }

    static IReadOnlyList<string?> Row(MetricComparison metric, ComparedValue value) =>
    [
        value.Name,
        value.Mean is null ? "–" : Amount(value.Mean, metric.Unit),
        value switch
        {
            { Mean: null } => ComparisonWords.Reason(value.Reason),
            { Cv: { } cv } => $"CV {ComparisonWords.Percent(cv)}, n = {value.N}",
            _ => $"n = {value.N}",
        },
    ];

    static string Amount(double? mean, string unit) => unit switch
    {
        "ms" => Figures.Si(mean / 1e3, "s"),
        _ when unit.StartsWith('J') || unit is "W" or "s" => Figures.Si(mean, unit),
        _ => $"{Figures.Plain(mean)} {unit}",
    };

    static string Tests(MetricComparison metric, PairComparison pair)
    {
        List<string> parts = [pair.Design == "paired_by_cycle" ? $"paired t, p = {Figures.Plain(pair.P)}" : $"Welch t, p = {Figures.Plain(pair.P)}"];
        if (metric.Pairs.Count > 1)
            parts.Add($"Holm {Figures.Plain(pair.HolmP)}");
        if (pair is { PermutationP: { } exact, HodgesLehmann: { } shift })
            parts.Add($"permutation p = {Figures.Plain(exact)}, Hodges–Lehmann {(shift < 1 ? "−" : "+")}{ComparisonWords.Percent(shift - 1)}");
        if (pair.SmallestRatio is { } smallest)
            parts.Add($"finds from {ComparisonWords.Percent(smallest - 1)} on");
        return string.Join(" · ", parts);
    }

    static IEnumerable<string> Hanging(string head, string text)
    {
        foreach (var line in Paragraph.Wrap(text, PlainTable.Width - head.Length))
        {
            yield return head + line;
            head = new string(' ', head.Length);
        }
    }
}

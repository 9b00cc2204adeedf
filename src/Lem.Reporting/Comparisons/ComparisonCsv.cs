using System.Globalization;
using System.Text.Json;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Exports;

namespace Lem.Reporting.Comparisons;

/// <summary>A comparison as a table for other programs: a row per metric and pair, full precision, NA for null.</summary>
public static class ComparisonCsv
{
    public static void Write(TextWriter writer, ComparisonResult result)
    {
        CsvRow.Write(writer,
        [
            "metric", "unit", "reference", "subject", "design", "n_reference", "n_subject", "mean_reference", "mean_subject", "ratio", "ratio_low", "ratio_high",
            "p", "holm_p", "verdict", "hodges_lehmann_ratio", "permutation_p", "smallest_ratio", "cycles_needed", "reason",
        ]);
        foreach (var metric in result.Metrics)
            foreach (var pair in metric.Pairs)
                CsvRow.Write(writer, Row(metric, pair));
    }

    static IEnumerable<string> Row(MetricComparison metric, PairComparison pair)
    {
        ComparedValue Of(string name) => metric.Values.First(value => value.Name == name);
        var (reference, subject) = (Of(pair.Reference), Of(pair.Subject));
        return
        [
            metric.Metric, metric.Unit, pair.Reference, pair.Subject, pair.Design ?? CsvRow.Missing,
            Text(reference.N), Text(subject.N), Text(reference.Mean), Text(subject.Mean),
            Text(pair.Ratio), Text(pair.Interval?.Low), Text(pair.Interval?.High), Text(pair.P), Text(pair.HolmP),
            JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Verdict.ToString()), Text(pair.HodgesLehmann), Text(pair.PermutationP),
            Text(pair.SmallestRatio), Text(pair.CyclesNeeded), pair.Reason ?? CsvRow.Missing,
        ];
    }

    static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? CsvRow.Missing;
}

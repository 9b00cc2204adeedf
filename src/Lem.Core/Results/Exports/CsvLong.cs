using System.Globalization;
using Lem.Core.Metrics.Definitions;

namespace Lem.Core.Results.Exports;

/// <summary>Tidy form: one row per experiment and metric, with the interval and the number of values where there are any.</summary>
public static class CsvLong
{
    static readonly string[] Parts = ["inference_metrics.", "energy_metrics.", "energy_breakdown.", "compute_metrics.", "latency_stats.", "extended_metrics."];

    public static void Write(TextWriter writer, IReadOnlyList<ExperimentResult> results)
    {
        CsvRow.Write(writer, ["experiment_id", "config_name", "metric", "unit", "value", "low", "high", "n"]);
        foreach (var result in results)
        {
            var flat = FlatResult.Of(result);
            foreach (var path in CsvWide.Columns(flat.Keys.Where(IsMetric)))
                CsvRow.Write(writer, [result.ExperimentId, result.ConfigName, path, MetricDefinitions.Of(path)?.Unit ?? "", .. Figures(flat, path)]);
        }
    }

    static bool IsMetric(string path) =>
        Array.Exists(Parts, part => path.StartsWith(part, StringComparison.Ordinal))
        && !path.Contains(".intervals.", StringComparison.Ordinal)
        && MetricDefinitions.Of(path) is { Unit.Length: > 0 }
        && !path.EndsWith(".unit", StringComparison.Ordinal);

    static IEnumerable<string> Figures(Dictionary<string, string?> flat, string path)
    {
        var dot = path.LastIndexOf('.');
        var interval = string.Create(CultureInfo.InvariantCulture, $"{path[..dot]}.intervals{path[dot..]}");
        yield return flat.GetValueOrDefault(path) ?? CsvRow.Missing;
        yield return flat.GetValueOrDefault(interval + ".low") ?? CsvRow.Missing;
        yield return flat.GetValueOrDefault(interval + ".high") ?? CsvRow.Missing;
        yield return flat.GetValueOrDefault(path[..dot] + ".n") ?? CsvRow.Missing;
    }
}

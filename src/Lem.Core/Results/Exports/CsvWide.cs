using Lem.Core.Metrics.Definitions;

namespace Lem.Core.Results.Exports;

/// <summary>One row per experiment: a fixed order of columns first, all others after them by name. The unit stands in the header; NA is null.</summary>
public static class CsvWide
{
    /// <summary>The parts of a result, in the order of their columns; within a part the order is that of docs/metrics.md.</summary>
    static readonly string[] Order =
    [
        "experiment_id", "config_name", "model_name", "backend", "backend_version", "campaign.", "cycle_index", "start_time", "end_time",
        "timestamps.", "effective_config.backend", "effective_config.fp_precision", "effective_config.batching.", "effective_config.concurrency",
        "effective_config.max_input_tokens", "effective_config.max_output_tokens", "effective_config.num_processes",
        "total_energy_j", "energy_metrics.", "energy_breakdown.", "total_tokens", "avg_tokens_per_second", "inference_metrics.",
        "latency_stats.", "total_flops", "compute_metrics.", "extended_metrics.", "thermal_throttle.", "environment.",
    ];

    public static void Write(TextWriter writer, IReadOnlyList<ExperimentResult> results)
    {
        var rows = results.Select(FlatResult.Of).ToList();
        var columns = Columns(rows.SelectMany(row => row.Keys));
        CsvRow.Write(writer, columns.Select(Header));
        foreach (var row in rows)
            CsvRow.Write(writer, columns.Select(column => row.GetValueOrDefault(column) ?? CsvRow.Missing));
    }

    /// <summary>Column order of these paths.</summary>
    internal static IReadOnlyList<string> Columns(IEnumerable<string> paths)
    {
        // Where a part is defined, the definitions say its order; elsewhere, and at the end, names do.
        List<string> defined = [.. MetricDefinitions.Parts.SelectMany(part => part.Definitions).Select(definition => definition.Path)];
        var distinct = paths.ToHashSet(StringComparer.Ordinal);

        // What is null in one result and has parts in another gets the columns of its parts.
        var parents = distinct.SelectMany(Above).ToHashSet(StringComparer.Ordinal);
        return [.. distinct
            .Where(path => !parents.Contains(path))
            .OrderBy(path => Array.FindIndex(Order, part => path == part || IsBelow(path, part)) is var at and >= 0 ? at : Order.Length)
            .ThenBy(path => IsOrdered(path) && MetricDefinitions.Of(path) is { } definition ? defined.IndexOf(definition.Path) : int.MaxValue)
            .ThenBy(path => path, StringComparer.Ordinal)];
    }

    static IEnumerable<string> Above(string path)
    {
        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
            yield return path[..dot];
    }

    static bool IsOrdered(string path) => Array.Exists(Order, part => IsBelow(path, part));

    static bool IsBelow(string path, string part) => part[^1] == '.' && path.StartsWith(part, StringComparison.Ordinal);

    /// <summary>A path with its unit: <c>energy_metrics.total_energy_j [J]</c>.</summary>
    static string Header(string path) => MetricDefinitions.Of(path) is { Unit.Length: > 0 } definition ? $"{path} [{definition.Unit}]" : path;
}

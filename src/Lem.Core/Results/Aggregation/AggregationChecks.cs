using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>What must hold before processes may be added up.</summary>
static class AggregationChecks
{
    /// <summary>Share of the shortest process's time for which all must have run together.</summary>
    public const double SmallestOverlap = 0.5;

    /// <summary>Time in which all ran ÷ the shortest one's time; 1 for one process, null for windows without length.</summary>
    public static double? Overlap(IReadOnlyList<RawProcess> processes)
    {
        if (processes.Count <= 1)
            return processes.Count;
        var shortest = processes.Min(p => p.WindowEndS - p.WindowStartS);
        var together = processes.Min(p => p.WindowEndS) - processes.Max(p => p.WindowStartS);
        return shortest > 0 ? Math.Max(together, 0) / shortest : null;
    }

    /// <summary>Devices that more than one process calls its own; the processors are everybody's.</summary>
    public static IReadOnlyList<string> SharedDevices(IReadOnlyList<RawProcess> processes) =>
        [.. processes.SelectMany(p => p.Devices.Distinct()).Where(device => device is not "cpu").CountBy(device => device).Where(d => d.Value > 1).Select(d => d.Key).Order(StringComparer.Ordinal)];

    /// <summary>Everything that is not there or not whole, as sentences.</summary>
    public static IReadOnlyList<string> Gaps(RawRun run)
    {
        List<string> gaps = [.. run.Skipped.Select(s => $"{s.File}: {s.Reason}")];
        gaps.AddRange(run.Unmarked.Select(n => $"process {n} is not marked complete"));
        var surplus = run.Processes.Count(p => p.Process.ProcessIndex >= run.Experiment.Processes);
        if (surplus > 0)
            gaps.Add($"{surplus} process files more than the {run.Experiment.Processes} expected");
        gaps.AddRange(run.Processes
            .Where(p => p.Process.ExperimentId != run.Experiment.Identity.ExperimentId)
            .Select(p => $"process_{p.Process.ProcessIndex}.json belongs to {p.Process.ExperimentId}"));
        return gaps;
    }

    public static IReadOnlyList<string> Backends(IReadOnlyList<RawProcess> processes) =>
        [.. processes.Select(p => p.Backend).Distinct().Order(StringComparer.Ordinal)];
}

using Lem.Core.Metrics;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>compute_metrics: FLOPs and memory, summed over processes.</summary>
static class ComputeSection
{
    const double Megabyte = 1024 * 1024;

    public static ComputeMetrics Of(RawRun run, IReadOnlyList<RawProcess> processes, InferenceMetrics inference, Reasons reasons)
    {
        const string path = "compute_metrics";
        var useful = SumIfAll(processes, p => p.Flops.Useful);
        var perSecond = Efficiency.Rate(useful, inference.InferenceTimeSec);
        var peak = GpuPeak(run.Host, processes);
        var memory = Megabytes(processes, p => p.Memory.PeakBytes);
        var model = Megabytes(processes, p => p.Memory.ModelBytes);

        var noFlops = processes.Select(p => p.Flops.Reason).FirstOrDefault(reason => reason is not null) ?? "flops_unknown";
        var noMemory = processes.Select(p => p.Memory.Reason).FirstOrDefault(reason => reason is not null) ?? "engine_does_not_tell";
        reasons.Because($"{path}.compute_precision", "engine_does_not_tell");
        reasons.Because($"{path}.mfu", peak is null ? "gpu_peak_unknown" : noFlops);
        reasons.Because($"{path}.peak_memory_mb", noMemory);
        reasons.Because($"{path}.model_memory_mb", noMemory);
        reasons.Because($"{path}.inference_memory_mb", noMemory);
        reasons.Because(path, useful is null ? noFlops : inference.TotalTokens == 0 ? "no_tokens" : noFlops);
        reasons.Because("total_flops", noFlops);
        return new ComputeMetrics(
            useful,
            useful,
            SumIfAll(processes, p => p.Flops.Executed),
            SumIfAll(processes, p => p.Flops.PrefillUseful),
            SumIfAll(processes, p => p.Flops.DecodeUseful),
            Efficiency.Rate(useful, inference.TotalTokens),
            perSecond,
            useful is null ? null : Weakest(processes, p => p.Flops.Method, ["traced", "architecture", "parameters"]),
            useful is null ? null : Weakest(processes, p => p.Flops.Confidence, ["high", "medium", "low"]),
            run.Experiment.Model.ComputePrecision,
            perSecond / peak,
            memory,
            model,
            memory - model);
    }

    internal static double? Megabytes(IReadOnlyList<RawProcess> processes, Func<RawProcess, long?> bytes) =>
        SumIfAll(processes, p => bytes(p)) / Megabyte;

    static double? SumIfAll(IReadOnlyList<RawProcess> processes, Func<RawProcess, double?> value) =>
        processes.Count > 0 && processes.All(p => value(p) is not null) ? processes.Sum(p => value(p) ?? 0) : null;

    static double? GpuPeak(RawHost? host, IReadOnlyList<RawProcess> processes)
    {
        var used = ExtendedSection.UsedGpus(host, processes);
        return used.Count > 0 && used.All(g => g.PeakFlopPerSecond is > 0) ? used.Sum(g => g.PeakFlopPerSecond ?? 0) : null;
    }

    /// <summary>The last, in an order from strong to weak, of what the processes say; a word the order does not know is weaker still.</summary>
    static string? Weakest(IReadOnlyList<RawProcess> processes, Func<RawProcess, string?> word, string[] order) =>
        processes.Select(word).OfType<string>().MaxBy(w => Array.IndexOf(order, w) is var rank and >= 0 ? rank : order.Length);
}

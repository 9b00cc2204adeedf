using System.Globalization;
using Lem.Core.Metrics;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Migration;

/// <summary>One worker of the predecessor, in what sums and doubts need.</summary>
/// <param name="Gpu">Index of the GPU it called its own.</param>
/// <param name="InferenceSec">Time it generated, as its backend counts it.</param>
/// <param name="EnergyJ">What its own tracker saw; null where that failed.</param>
/// <param name="Start">Of the whole worker, model loading and warm-up included.</param>
sealed record OldProcess(
    OldDocument Document,
    int Index,
    long? Gpu,
    DateTimeOffset Start,
    DateTimeOffset End,
    long TotalTokens,
    long InputTokens,
    long OutputTokens,
    double InferenceSec,
    double? TokensPerSecond,
    double? EnergyJ,
    double? GpuEnergyJ,
    double? CpuEnergyJ,
    double? RamEnergyJ)
{
    public static OldProcess Of(OldDocument process)
    {
        var start = process.Time("timestamps.start") ?? throw OldDocument.Missing("timestamps.start");
        var failed = process.Flag("energy_tracking_failed") == true;
        double? Energy(string name) => failed ? null : process.Positive($"energy_metrics.{name}_energy_j");
        var input = process.Count("inference_metrics.input_tokens") ?? throw OldDocument.Missing("inference_metrics.input_tokens");
        var output = process.Count("inference_metrics.output_tokens") ?? throw OldDocument.Missing("inference_metrics.output_tokens");
        return new OldProcess(
            process,
            (int)Math.Min(process.Count("process_index") ?? throw OldDocument.Missing("process_index"), int.MaxValue),
            process.Count("gpu_id"),
            start,
            process.Time("timestamps.end") ?? throw OldDocument.Missing("timestamps.end"),
            process.Count("inference_metrics.total_tokens") ?? input + output,
            input,
            output,
            process.Number("inference_metrics.inference_time_sec") is >= 0 and var seconds ? seconds : throw OldDocument.Missing("inference_metrics.inference_time_sec"),
            process.Number("inference_metrics.tokens_per_second"),
            Energy("total"),
            Energy("gpu"),
            Energy("cpu"),
            Energy("ram"));
    }

    public string Device => Gpu is { } gpu ? string.Create(CultureInfo.InvariantCulture, $"gpu:{gpu}") : "gpu";

    /// <summary>Requests of this worker, by whichever list of them it kept; null where it kept none.</summary>
    public int? Requests =>
        Document.Numbers("per_request_latencies_ms") is { Count: > 0 } latencies ? latencies.Count
        : Document.Count("inference_metrics.latency_measurements.request_count") is > 0 and <= int.MaxValue and var count ? (int)count
        : null;

    public ProcessResult Result(DateTimeOffset experimentStart) => new(
        Index,
        null,
        Document.Text("backend") ?? "pytorch",
        Document.Text("backend_version"),
        Gpu is null ? [] : [Device],
        (Start - experimentStart).TotalSeconds,
        (End - experimentStart).TotalSeconds,
        new ProcessTotals(Requests ?? 0, 0, InputTokens, OutputTokens, null, null, null),
        TokensPerSecond ?? Efficiency.Rate(TotalTokens, InferenceSec),
        null,
        null,
        new FlopsRecord(
            null, null, null, null, null, null, OldFlops.Method(Document.Text("compute_metrics.flops_method")), OldFlops.Known(Document.Text("compute_metrics.flops_confidence")),
            "useful_and_executed_are_not_told_apart"),
        new ProcessMemory(
            Bytes(Document.Positive("compute_metrics.peak_memory_mb")), Bytes(Document.Positive("compute_metrics.model_memory_mb")), null, null,
            "not_recorded_by_the_older_tool"),
        null,
        null,
        Document.Text("energy_measurement_warning"));

    static long? Bytes(double? megabytes) => megabytes is > 0 and < 1e12 ? (long)(megabytes.Value * 1024 * 1024) : null;
}

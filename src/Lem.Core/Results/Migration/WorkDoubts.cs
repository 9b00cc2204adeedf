using System.Text.Json.Nodes;

namespace Lem.Core.Results.Migration;

/// <summary>What the predecessor is known to get wrong about tokens, times and rates, as far as a file shows it.</summary>
static class WorkDoubts
{
    public static IEnumerable<Finding> Of(OldRun run, IReadOnlyList<OldProcess> processes, OldDocument config)
    {
        if (Padding(run, config) is { } padding)
            yield return padding;
        if (processes.Count > 1)
        {
            yield return new(
                "migrated_throughput_is_a_mean",
                FindingSeverity.Info,
                $"The older tool's tokens/s is the mean of {processes.Count} workers' rates, and its time their sum.",
                Hint: "It stands as mean_process_tokens_per_second; tokens_per_second is the system's, over the longest worker's time.",
                Data: new JsonObject { ["mean_of_workers_tokens_per_second"] = run.MeanProcessTokensPerSecond });
            if (run.Extended is { TokenEfficiencyIndex: not null, PrecisionFactor: not (null or 1) })
            {
                yield return new(
                    "migrated_efficiency_index_without_factor",
                    FindingSeverity.Warning,
                    $"The efficiency index over several workers leaves out the precision factor ({run.Extended.PrecisionFactor}).",
                    Hint: "Multiply it by the factor, or compare within one precision.");
            }
        }

        List<string> modes = [.. processes.Select(p => p.Document.Text("inference_metrics.latency_measurements.measurement_mode")).OfType<string>().Distinct()];
        if (modes.Exists(mode => mode != "true_streaming"))
        {
            yield return new(
                "migrated_latency_estimated",
                FindingSeverity.Warning,
                $"Latencies were not streamed ({string.Join(", ", modes)}): token gaps are shares of a total, all alike.",
                Hint: "Read end-to-end latency; compare neither TTFT nor ITL.");
        }

        if (run.Backend == "pytorch" && config.Flag("traffic_simulation.enabled") == true)
        {
            yield return new(
                "migrated_waits_not_in_time",
                FindingSeverity.Warning,
                "Requests were sent at intervals: the waits' energy is in the total, but their time is not in the inference time.",
                Hint: "Power and throughput are too high; energy per token includes idling.");
        }

        if (run.Backend == "pytorch" && run is { PeakMemoryMb: null, Gpu: not null })
        {
            yield return new(
                "migrated_maybe_on_cpu",
                FindingSeverity.Warning,
                "GPU energy is recorded, but no GPU memory was used: the model may have run on the processor while the GPU idled.",
                Hint: "Look at the speed; measure again with the GPU visible.");
        }
    }

    /// <summary>The PyTorch backend counted padded batches: inputs to max_input_tokens, outputs past the end of text.</summary>
    static Finding? Padding(OldRun run, OldDocument config)
    {
        if (run.Backend != "pytorch")
            return null;
        var share = run.Extended.Batch.PaddingOverhead;
        bool IsFull(long tokens, string limit) => run.Requests is > 0 and var n && config.Count(limit) is > 0 and var each && tokens == n * each;
        var (inputs, outputs) = (IsFull(run.InputTokens, "max_input_tokens"), IsFull(run.OutputTokens, "max_output_tokens"));
        if (!inputs && !outputs && share is not > 0 && config.Count("batching.batch_size") is not > 1)
            return null;
        return new(
            "migrated_padding_counted",
            inputs ? FindingSeverity.Invalid : FindingSeverity.Warning,
            inputs ? "Every request counts exactly max_input_tokens: padding is counted as input."
                : outputs ? "Every request counts exactly max_output_tokens: what came after the end of a text may be counted as output."
                : "Batches were padded, and padding is counted as tokens.",
            Hint: "Energy per token is too low by the padding's share; compare only with results of this tool and these limits.",
            Data: new JsonObject { ["padding_overhead"] = share });
    }
}

using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;

namespace Lem.Reporting.Summaries;

/// <summary>The raw files of one window, process by process, before any aggregation.</summary>
public static class RawSummary
{
    /// <summary>Lines of text without colours.</summary>
    public static IReadOnlyList<string> Render(string windowId, RawRun run)
    {
        var experiment = run.Experiment;
        var lines = new List<string>
        {
            windowId,
            $"  window      {Figures.Duration(experiment.Window.DurationSec)}, {run.Processes.Count} of {experiment.Processes} processes{(experiment.Partial ? ", PARTIAL: cut short" : "")}",
        };
        lines.AddRange((run.Host?.Domains ?? []).Select(domain => $"  energy      {Domain(domain)}"));
        foreach (var process in run.Processes.Select(p => p.Process))
        {
            lines.Add("");
            lines.AddRange(Process(process, run.Unmarked.Contains(process.ProcessIndex)));
        }

        if (run.Skipped.Count > 0)
            lines.Add("");
        lines.AddRange(run.Skipped.Select(file => $"  ✗ {file.File}: {file.Reason}"));
        return lines;
    }

    static IEnumerable<string> Process(RawProcess process, bool unmarked)
    {
        var totals = process.Totals;
        yield return $"  process {process.ProcessIndex}   {$"{process.Backend} {process.BackendVersion}".TrimEnd()}{(process.ProcessId is { } pid ? $", pid {pid}" : "")}"
            + $"{(process.Devices.Count > 0 ? ", " + string.Join(", ", process.Devices) : ", no device of its own")}{(unmarked ? " · NOT MARKED COMPLETE" : "")}";
        yield return $"    requests  {Figures.Count(totals.Requests)}, {Figures.Count(totals.FailedRequests)} failed, from {Seconds(process.WindowStartS)} to {Seconds(process.WindowEndS)} of the experiment";
        yield return $"    tokens    {Figures.Count(totals.InputTokens)} input + {Figures.Count(totals.OutputTokens)} output"
            + (totals.PaddingTokens is { } padding ? $", {Figures.Count(padding)} padding" : "")
            + (totals.Batches is { } batches ? $" in {Figures.Count(batches)} batches of at most {totals.ConfiguredBatchSize}" : "");
        if (process is { PrefillSec: not null, DecodeSec: not null })
            yield return $"    phases    prefill {Figures.Si(process.PrefillSec, "s")}, decode {Figures.Si(process.DecodeSec, "s")}";
        yield return $"    compute   {Figures.Si(process.Flops.Useful, "FLOP")} useful, {Figures.Si(process.Flops.Executed, "FLOP")} executed ({process.Flops.Method ?? process.Flops.Reason})";
        yield return $"    memory    peak {Megabytes(process.Memory.PeakBytes)}, model {Megabytes(process.Memory.ModelBytes)}, KV cache {Megabytes(process.Memory.KvCacheBytes)}";
        if (process.EnergyMeasurementWarning is { } warning)
            yield return $"    ! {warning}";
    }

    static string Domain(DomainEnergyRecord domain) => domain.RawJ is { } joules
        ? $"{domain.Device}: {Figures.Si(joules.Value, "J")} ({domain.Method?.ToString().ToLowerInvariant()})"
        : $"{domain.Device}: not measured ({domain.Reason})";

    static string Seconds(double value) => Figures.Si(value, "s");

    static string Megabytes(long? bytes) => Figures.Si(bytes, "B");
}

using System.Text.Json.Nodes;
using Lem.Core.Metrics;

namespace Lem.Core.Results.Aggregation;

/// <summary>Doubts that only show when the files are put together.</summary>
static class AggregationFindings
{
    const string Phase = "aggregation";

    public static IEnumerable<Finding> Of(
        RawRun run, AggregationRecord record, EnergySection energy, LatencyCollector requests, FailedRequests failed, InferenceMetrics inference)
    {
        if (!record.Complete)
        {
            yield return new(
                "incomplete",
                run.Processes.Count < run.Experiment.Processes ? FindingSeverity.Invalid : FindingSeverity.Warning,
                $"Something is missing or torn: {string.Join("; ", record.Warnings)}",
                Phase,
                "Resume the experiment; energy stands for all processes, tokens only for those found.");
        }

        if (!record.TemporalOverlapVerified)
        {
            yield return new(
                "processes_not_concurrent",
                FindingSeverity.Warning,
                "The processes did not run side by side for at least half of the shortest one's time.",
                Phase,
                "System throughput is not that of concurrent workers; look at process_results.",
                new JsonObject { ["overlap_fraction"] = record.TemporalOverlapFraction });
        }

        foreach (var domain in energy.LeftOut)
        {
            yield return new(
                "energy_total_leaves_out",
                FindingSeverity.Info,
                $"The total energy does not include {domain.Device}: {domain.Reason ?? "not measured"}.",
                Phase);
        }

        if (energy.NotOwned.Where(d => d.RawJ is not null).ToList() is { Count: > 0 } idle)
        {
            yield return new(
                "gpu_not_owned",
                FindingSeverity.Info,
                $"No process used {string.Join(", ", idle.Select(d => d.Device))}: listed by device, and in no total.",
                Phase,
                Data: new JsonObject { ["energy_j"] = idle.Sum(d => d.RawJ?.Value ?? 0) });
        }

        var lines = (requests.Requests, requests.Failed, requests.InputTokens, requests.OutputTokens);
        var totals = (inference.Requests, inference.FailedRequests, inference.InputTokens, inference.OutputTokens);
        if (record.Complete && lines != totals)
        {
            yield return new(
                "request_lines_disagree",
                FindingSeverity.Invalid,
                $"The processes' totals (requests, failed, input, output tokens) are {totals}, but their request lines add up to {lines}.",
                Phase,
                "This is a defect of the measuring side; please report it.");
        }

        if (inference.FailedRequests > 0)
            yield return failed.Finding(inference.FailedRequests, inference.Requests);
    }
}

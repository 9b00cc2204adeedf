using System.Text.Json.Nodes;

namespace Lem.Core.Results.Migration;

/// <summary>What a file of an older tool does not say, or says otherwise than it meant.</summary>
static class RecordDoubts
{
    public static IEnumerable<Finding> Of(OldRun run, OldDocument? throttle, OldDocument? warmup, bool hasTimeZone)
    {
        if (run.OutputTokens == 0 && run.TotalTokens > 0)
        {
            yield return new(
                "migrated_tokens_not_told_apart",
                FindingSeverity.Invalid,
                "Only the total of tokens is recorded: the zeros of input and output are no counts.",
                Hint: "Migrate the raw files of this experiment, if they are there.");
        }

        if (run.Requests is null)
        {
            yield return new(
                "migrated_requests_unknown",
                FindingSeverity.Warning,
                "How many requests ran is not recorded: the zero is no count.");
        }

        if (run.Flops is { } flops && run.FlopsMethod is "parameters" or null)
        {
            yield return new(
                "migrated_flops_by_parameters",
                FindingSeverity.Info,
                "FLOPs are 2 × parameters × tokens: no attention, and embeddings counted or not as the model names them.",
                Data: new JsonObject { ["implied_parameters"] = run.TotalTokens > 0 ? run.Flops / (2.0 * run.TotalTokens) : null });
        }

        if (run.FlopsMethod == "architecture")
        {
            yield return new(
                "migrated_flops_attention_wrong",
                FindingSeverity.Warning,
                "FLOPs by architecture multiply the attention term by the sequence length once too often: far too high for long prompts.",
                Hint: "lem model show counts them anew.");
        }

        if (throttle is not null && OldConditions.MissedHardware(throttle))
        {
            yield return new(
                "migrated_hw_thermal_missed",
                FindingSeverity.Info,
                "The older tool said thermal: false although the hardware slowed down for heat; here it is true.");
        }

        if (warmup is not null && OldConditions.TookNoTime(warmup))
        {
            yield return new(
                "migrated_warmup_not_timed",
                FindingSeverity.Info,
                "The warm-up's latencies are recorded as zero: it ran, but was not timed.");
        }

        if (!hasTimeZone)
        {
            yield return new(
                "migrated_time_zone_unknown",
                FindingSeverity.Info,
                "Times are recorded without a time zone, and are taken for UTC.");
        }
    }
}

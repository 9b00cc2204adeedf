using System.Text;

namespace Lem.Core.Metrics.Definitions;

/// <summary>docs/metrics.md, written from the definitions.</summary>
public static class MetricsDocument
{
    const string Introduction = """
        # Metrics

        Every field of a result (`aggregated/<id>.json`, schema v3), written from the code's own definitions.

        - **Window**: first send to last end of a request (its last token or, where it failed, its failure), nothing more. Loading, warm-up and idling are outside.
        - **Gross** (raw): as measured. **Adjusted**: idle power × window subtracted, of the same device.
        - `null` means *not measured*, and its path stands in `unavailable` with the reason. Zero means *measured, and zero*.
        - Energy is summed over distinct devices, tokens and FLOPs over processes, rates are over the union window, latencies are computed from the
          merged raw values of all processes.
        - Intervals are two-sided at 95 %: over cycles Student's t (ratios: jackknife-t), over requests t with the effective sample size; percentiles between
          order statistics. Where the data do not allow one, it is null.
        - Megabytes are 2^20 bytes, as drivers count.
        - The [example](schema/result-v3.example.json) shows the form; its figures are invented and need not agree with each other.


        """;

    const string SteadyReasons = """
        ## Reasons of `steady_state.reason`

        | code | load | why there is no steady part |
        |---|---|---|
        | `fewer_than_ten_full_batches_in_a_row` | static batches | a trend needs ten values: more prompts, or a smaller `batching.batch_size` |
        | `no_more_requests_than_slots` | closed loop | every user asked once: more prompts (`-n`) than `concurrency` |
        | `a_slot_never_produced_a_token` | closed loop | a user's first request failed before its first token |
        | `shorter_than_ten_seconds_or_a_tenth_of_the_window` | closed loop | between the last user's first token and the drain lies too little: more prompts |
        | `slots_were_not_busy` | closed loop | on average fewer than 95 % of the users were waiting for an answer |
        | `fewer_than_fifty_requests` | open loop | MSER-5 needs that many: more prompts |
        | `all_requests_arrived_at_once` | open loop | there is no time between the first and the last arrival |
        | `requests_in_flight_never_settled` | open loop | the number in flight still changed in the second half: a longer run, or a rate that the engine can take (`load.saturated`) |
        | `speed_has_a_trend` | all | output tokens per second rose or fell through the part (Spearman's ρ of ten means beyond ±0.65): heat, other programs, caches that fill |

        With a steady part whose energy is not known, the reason is that of the device that has none (`energy_unknown_of …`).
        [What the parts are](methodology.md#steady-state).

        """;

    public static string Write()
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var (title, definitions) in MetricDefinitions.Parts)
        {
            text.Append("## ").Append(title).Append("\n\n| field | unit | what it is | formula | null when | trap |\n|---|---|---|---|---|---|\n");
            foreach (var definition in definitions)
                Row(text, definition);
            text.Append('\n');
        }

        return text.Append(SteadyReasons.ReplaceLineEndings("\n")).ToString().TrimEnd() + "\n";
    }

    static void Row(StringBuilder text, MetricDefinition definition) => text.AppendJoin(
        " | ",
        $"| `{definition.Path}`",
        definition.Unit,
        definition.Meaning,
        definition.Formula,
        definition.NullWhen,
        definition.Trap + " |\n");
}

using System.Text;

namespace Lem.Core.Metrics.Definitions;

/// <summary>docs/metrics.md, written from the definitions.</summary>
public static class MetricsDocument
{
    const string Introduction = """
        # Metrics

        Every field of a result (`aggregated/<id>.json`, schema v3), written from the code's own definitions.

        - **Window**: first send to last token of the measured workload, nothing more. Loading, warm-up and idling are outside.
        - **Gross** (raw): as measured. **Adjusted**: idle power × window subtracted, of the same device.
        - `null` means *not measured*, and its path stands in `unavailable` with the reason. Zero means *measured, and zero*.
        - Energy is summed over distinct devices, tokens and FLOPs over processes, rates are over the union window, latencies are computed from the
          merged raw values of all processes.
        - Intervals are two-sided at 95 %: over cycles Student's t (ratios: jackknife-t), over requests t with the effective sample size; percentiles between
          order statistics. Where the data do not allow one, it is null.
        - Megabytes are 2^20 bytes, as drivers count.
        - The [example](schema/result-v3.example.json) shows the form; its figures are invented and need not agree with each other.


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

        return text.ToString().TrimEnd() + "\n";
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

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lem.Core.Results.Migration;

/// <summary>process_&lt;N&gt;_timeseries.json of the predecessor → lines of timeseries.csv. Its samples begin with the work.</summary>
static class TimeSeriesForm
{
    public const string Header = "t_s,phase,device,power_w,energy_j,memory_mb,temperature_c,sm_pct,mem_pct,sm_clock_mhz,throttle\n";

    /// <summary>The lines of one worker, in the order of its samples.</summary>
    public static string Lines(OldFile file, string device)
    {
        var lines = new StringBuilder();
        foreach (var sample in file.Content.Parts("samples"))
        {
            lines.Append(Figure(sample.Number("t") ?? throw OldDocument.Missing("samples[].t"))).Append(",measure,").Append(device).Append(',')
                .AppendJoin(',', Figure(sample.Number("power_w")), "", Figure(sample.Number("mem_mb")), Figure(sample.Number("temp_c")), Figure(sample.Number("sm_pct")), "", "", Throttle(sample))
                .Append('\n');
        }

        return lines.ToString();
    }

    // Bits in one version, yes or no in another: yes is no bit that could be told.
    static string Throttle(OldDocument sample) => sample.Kind("throttle") switch
    {
        JsonValueKind.False => "0",
        JsonValueKind.Number => Figure(sample.Count("throttle")),
        _ => "",
    };

    static string Figure(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

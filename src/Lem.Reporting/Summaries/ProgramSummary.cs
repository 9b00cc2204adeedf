using Lem.Core.Results;
using Lem.Core.Results.Programs;

namespace Lem.Reporting.Summaries;

/// <summary>What a program cost, on a few lines.</summary>
public static class ProgramSummary
{
    const int LongestCommand = 60;

    /// <summary>Lines of text without colours.</summary>
    public static IReadOnlyList<string> Render(ProgramResult result) =>
    [
        Title(result),
        .. Rows(result).Select(row => $"  {row.Label,-12}{row.Text}"),
        .. FindingLines.Render(result.Findings),
    ];

    static string Title(ProgramResult result)
    {
        var command = Tables.PlainTable.Shorten(string.Join(' ', result.Command), LongestCommand);
        return $"{command}: {(result.Interrupted ? "interrupted, " : "")}exit {result.ExitCode} after {Figures.Duration(result.Window.DurationSec)}";
    }

    static IEnumerable<(string Label, string Text)> Rows(ProgramResult result)
    {
        var energy = result.EnergyMetrics;
        yield return ("energy", energy.TotalEnergyJ is null
            ? $"not measured ({energy.Reason})"
            : EnergyWords.Total(energy.TotalEnergyJ, energy.TotalEnergyMethod, energy.TotalUncertaintyJ, energy.TotalSystematicJ, energy.TotalPowerW, energy.MeasuredEnergyJ));
        foreach (var domain in result.Domains)
            yield return ("", EnergyWords.Device(domain));
        yield return ("above idle", AboveIdle(result));
        yield return ("processor", $"{Figures.Plain(result.Resources.MeanCpus)} CPUs busy in the mean ({Seconds(result.Resources.UserCpuSec)} user, {Seconds(result.Resources.SystemCpuSec)} system)");
        yield return ("memory", result.Resources.MaxRssBelowBytes is { } bound
            ? $"below {Figures.Si(bound, "B")} in each process"
            : $"{Figures.Si(result.Resources.MaxRssBytes, "B")} at most in one process");
        if (result.Gpus.Count > 0)
            yield return ("throttling", EnergyWords.Throttling(result.ThermalThrottle));
    }

    static string AboveIdle(ProgramResult result) => result.EnergyMetrics switch
    {
        { AdjustedEnergyJ: { } adjusted } energy => $"{Figures.Si(adjusted.Value, "J")} above {Figures.Si(energy.BaselinePowerW?.Value, "W")} before the program",
        _ when result.Domains.Any(d => d.Method == EnergyMethod.Estimated) => "not known: the idle of an estimate is no measurement",
        _ => "not known: no idle power was measured",
    };

    static string Seconds(double? seconds) => Figures.Si(seconds, "s");
}

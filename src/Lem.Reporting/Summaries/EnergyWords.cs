using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Reporting.Summaries;

/// <summary>Energy and throttling in the words that every summary uses.</summary>
static class EnergyWords
{
    /// <summary>The energy of a window over all devices, how it is known, and how well.</summary>
    public static string Total(Joules? total, EnergyMethod? method, Joules? uncertainty, Joules? systematic, Watts? power, Joules? measured)
    {
        if (total is not { } joules)
            return "not measured";
        var text = $"{Figures.Si(joules.Value, "J")} {Method(method)}";
        if (uncertainty is { } band)
            text += method == EnergyMethod.Estimated
                ? ", truth believed within ÷ 3 and × 3"
                : $" ± {Figures.Si(band.Value, "J")}";
        if (systematic is { } tolerance)
            text += $" (sensor tolerance ± {Figures.Si(tolerance.Value, "J")})";
        return text + $" · {Figures.Si(power?.Value, "W")} mean"
            + (measured is { } known && known != joules ? $" · {Figures.Si(known.Value, "J")} without estimates" : "");
    }

    public static string Device(DomainEnergyRecord domain) => domain.RawJ is { } joules
        ? $"{domain.Device}: {Figures.Si(joules.Value, "J")} {Method(domain.Method)}".TrimEnd()
        : $"{domain.Device}: not measured ({domain.Reason})";

    public static string Throttling(ThermalThrottleInfo throttle) => throttle switch
    {
        { Detected: true, ThermalFraction: null } => $"for {Figures.Duration(throttle.ThrottleDurationSec ?? 0)}, by reason bits",
        { Detected: true } => $"{Figures.Percent(throttle.ThermalFraction)} of the window slowed by heat ({throttle.Band})",
        { Detected: false } => "none",
        _ => $"not known ({throttle.Reason})",
    };

    static string Method(EnergyMethod? method) => method switch
    {
        EnergyMethod.Counter => "by counter",
        EnergyMethod.Integrated => "integrated from power",
        EnergyMethod.Estimated => "ESTIMATED",
        _ => "",
    };
}

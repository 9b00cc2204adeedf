using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>How much of a window a GPU was slowed down, by cause. Fractions of the window; null = not offered.</summary>
/// <param name="ThermalFraction">Slowed for heat, by driver or hardware.</param>
/// <param name="PowerBrakeFraction">Slowed by the external power brake.</param>
/// <param name="PowerCappedFraction">Held at its power limit: information, many cards live there by design.</param>
/// <param name="HardwareSlowdownFraction">The bit of an unnamed hardware slowdown was set alone; only from reason bits.</param>
/// <param name="ThermalBand">negligible (&lt; 1 %), note, warning (from 10 %), invalid (from 50 %).</param>
/// <param name="MaxTemperatureCelsius">Highest temperature sampled within the window.</param>
/// <param name="TemperatureRiseCelsius">Last sample minus first.</param>
/// <param name="Method">fields or violation_status (time counters), reason_bits (share of samples), or null where none is offered.</param>
public sealed record ThermalThrottle(
    string Device,
    double? ThermalFraction,
    double? PowerBrakeFraction,
    double? PowerCappedFraction,
    double? HardwareSlowdownFraction,
    string? ThermalBand,
    string? PowerBrakeBand,
    int? MaxTemperatureCelsius,
    int? TemperatureRiseCelsius,
    string? Method,
    string? Reason)
{
    const int NotableRiseCelsius = 10;

    /// <summary>Judges one GPU's window; samples are those within the window.</summary>
    public static (ThermalThrottle Throttle, IReadOnlyList<Finding> Findings) Judge(
        string device, ThrottleCounters? before, ThrottleCounters? after, IReadOnlyList<GpuTelemetry> samples, TimeSpan window)
    {
        var counted = after?.Method is not null && before?.Method == after.Method;
        var bits = samples.Where(sample => sample.ReasonBits is not null).Select(sample => sample.ReasonBits ?? 0).ToList();
        double? Bits(Func<ulong, bool> set) => bits.Count > 0 ? bits.Count(set) / (double)bits.Count : null;
        double? Counted(Func<ThrottleCounters, long?> cause) => Fraction(cause(before!), cause(after!), window); // counted: both are there

        var thermal = counted
            ? Counted(c => c.SoftwareThermalNanoseconds is null && c.HardwareThermalNanoseconds is null ? null : (c.SoftwareThermalNanoseconds ?? 0) + (c.HardwareThermalNanoseconds ?? 0))
            : Bits(b => (b & ThrottleBits.Thermal) != 0);
        var brake = (counted ? Counted(c => c.PowerBrakeNanoseconds) : null) ?? Bits(b => (b & ThrottleBits.PowerBrake) != 0);
        var capped = (counted ? Counted(c => c.PowerCapNanoseconds) : null) ?? Bits(b => (b & ThrottleBits.SoftwarePowerCap) != 0);
        const ulong Named = ThrottleBits.Thermal | ThrottleBits.PowerBrake;
        var slowdown = Bits(b => (b & ThrottleBits.HardwareSlowdown) != 0 && (b & Named) == 0);
        var temperatures = samples.Select(sample => sample.TemperatureCelsius).OfType<int>().ToList();

        var throttle = new ThermalThrottle(
            device, thermal, brake, capped, slowdown, Band(thermal), Band(brake),
            temperatures.Count > 0 ? temperatures.Max() : null,
            temperatures.Count > 1 ? temperatures[^1] - temperatures[0] : null,
            counted ? after?.Method : bits.Count > 0 ? "reason_bits" : null,
            counted || bits.Count > 0 ? null : "driver_offers_no_throttle_information");
        return (throttle, [.. Doubts(throttle)]);
    }

    static IEnumerable<Finding> Doubts(ThermalThrottle throttle)
    {
        if (OfBand("thermal_throttling", "slowed down for heat", throttle.Device, throttle.ThermalFraction, throttle.ThermalBand) is { } heat)
            yield return heat;
        if (OfBand("power_brake", "slowed down by its power brake", throttle.Device, throttle.PowerBrakeFraction, throttle.PowerBrakeBand) is { } brake)
            yield return brake;
        if (throttle.HardwareSlowdownFraction >= 0.01)
            yield return new Finding(
                "hw_slowdown", FindingSeverity.Warning,
                FormattableString.Invariant($"{throttle.Device}: slowed down by hardware in {throttle.HardwareSlowdownFraction:P0} of the samples, cause unknown"));
        if (throttle.TemperatureRiseCelsius > NotableRiseCelsius)
            yield return new Finding(
                "temperature_rise", FindingSeverity.Info,
                $"{throttle.Device}: temperature rose by {throttle.TemperatureRiseCelsius} °C within the window",
                Hint: "A longer warm-up measures at a settled temperature.");
    }

    static Finding? OfBand(string code, string what, string device, double? fraction, string? band) => band is null or "negligible" ? null : new Finding(
        code,
        band switch { "note" => FindingSeverity.Info, "warning" => FindingSeverity.Warning, _ => FindingSeverity.Invalid },
        FormattableString.Invariant($"{device}: {what} for {fraction * 100:0.#} % of the window"),
        Hint: "Improve cooling or lower the power limit, then measure again.",
        Data: new JsonObject { ["device"] = device, ["fraction"] = fraction });

    static double? Fraction(long? before, long? after, TimeSpan window) =>
        before is { } first && after is { } last && last >= first && window > TimeSpan.Zero ? Math.Min(1, (last - first) / (window.TotalSeconds * 1e9)) : null;

    static string? Band(double? fraction) => fraction switch
    {
        null => null,
        < 0.01 => "negligible",
        < 0.1 => "note",
        <= 0.5 => "warning",
        _ => "invalid",
    };
}

using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>How much of a window one GPU was slowed down, by cause. Fractions of the window; null = not offered.</summary>
/// <param name="SoftwareThermalFraction">Slowed for heat by the driver.</param>
/// <param name="HardwareThermalFraction">Slowed for heat by the hardware.</param>
/// <param name="ThermalFraction">Slowed for heat by either.</param>
/// <param name="PowerBrakeFraction">Slowed by the external power brake.</param>
/// <param name="PowerCappedFraction">Held at its power limit: information, many cards live there by design.</param>
/// <param name="HardwareSlowdownFraction">Share of samples with an unnamed hardware slowdown.</param>
/// <param name="MaxTemperatureCelsius">Highest temperature sampled within the window.</param>
/// <param name="TemperatureRiseCelsius">Last sample minus first.</param>
/// <param name="ClockDropFraction">How much lower the SM clock was at the end of the window than at its beginning, at equal utilisation.</param>
/// <param name="SlowStamps">Stamps of the samples with a thermal or power-brake bit.</param>
/// <param name="Method">time_counters, violation_status, reason_bits, or null where none is offered.</param>
public sealed record ThermalThrottle(
    string Device,
    double? SoftwareThermalFraction,
    double? HardwareThermalFraction,
    double? ThermalFraction,
    double? PowerBrakeFraction,
    double? PowerCappedFraction,
    double? HardwareSlowdownFraction,
    int? MaxTemperatureCelsius,
    int? TemperatureRiseCelsius,
    double? ClockDropFraction,
    IReadOnlyList<long> SlowStamps,
    string? Method,
    string? Reason)
{
    const ulong Slow = ThrottleBits.Thermal | ThrottleBits.PowerBrake;

    /// <summary>Judges one GPU's window: counters before time samples, samples where there is no counter.</summary>
    /// <param name="samples">Those within the window.</param>
    public static ThermalThrottle Judge(
        string device, ThrottleCounters? before, ThrottleCounters? after, IReadOnlyList<GpuSample> samples, TimeSpan window)
    {
        var counted = after?.Method is not null && before?.Method == after.Method;
        var bits = samples.Where(sample => sample.ReasonBits is not null).ToList();
        double? Bits(Func<ulong, bool> set) =>
            bits.Count > 0 ? bits.Where(sample => set(sample.ReasonBits ?? 0)).Sum(sample => sample.Folded) / (double)bits.Sum(sample => sample.Folded) : null;
        double? Counted(Func<ThrottleCounters, long?> cause) => counted && after is not null && before is not null ? Fraction(cause(before), cause(after), window) : null;

        var software = Counted(c => c.SoftwareThermalNanoseconds);
        var hardware = Counted(c => c.HardwareThermalNanoseconds);

        // With one of the two counters missing their sum would be partial: then the reason bits tell. Violation times know heat as a whole.
        var thermal = after?.Method is ThrottleCounters.Violation ? software
            : software is { } bySoftware && hardware is { } byHardware ? Math.Min(1, bySoftware + byHardware)
            : null;
        var temperatures = samples.Select(sample => sample.TemperatureCelsius).OfType<int>().ToList();
        return new ThermalThrottle(
            device,
            after?.Method is ThrottleCounters.Violation ? null : software ?? Bits(b => (b & ThrottleBits.SoftwareThermal) != 0),
            hardware ?? Bits(b => (b & ThrottleBits.HardwareThermal) != 0),
            thermal ?? Bits(b => (b & ThrottleBits.Thermal) != 0),
            Counted(c => c.PowerBrakeNanoseconds) ?? Bits(b => (b & ThrottleBits.PowerBrake) != 0),
            Counted(c => c.PowerCapNanoseconds) ?? Bits(b => (b & ThrottleBits.SoftwarePowerCap) != 0),
            Bits(b => (b & ThrottleBits.HardwareSlowdown) != 0 && (b & Slow) == 0),
            temperatures.Count > 0 ? temperatures.Max() : null,
            temperatures.Count > 1 ? temperatures[^1] - temperatures[0] : null,
            ClockDrop(samples),
            [.. samples.Where(sample => ((sample.ReasonBits ?? 0) & Slow) != 0).Select(sample => sample.Stamp)],
            counted ? after?.Method : bits.Count > 0 ? "reason_bits" : null,
            counted || bits.Count > 0 ? null : "driver_offers_no_throttle_information");
    }

    /// <summary>How much a fraction weighs: negligible below 1 % of the window, note below 10 %, warning to 50 %, then invalid for comparison.</summary>
    public static string? Band(double? fraction) => fraction switch
    {
        null => null,
        < 0.01 => "negligible",
        < 0.1 => "note",
        <= 0.5 => "warning",
        _ => "invalid",
    };

    // First and last third, where the GPU was busy and as busy in both.
    static double? ClockDrop(IReadOnlyList<GpuSample> samples)
    {
        var busy = samples.Where(sample => sample is { SmPercent: >= 50, SmMegahertz: > 0 }).ToList();
        var third = busy.Count / 3;
        if (third < 3)
            return null;
        var (first, last) = (busy[..third], busy[^third..]);
        return Math.Abs((first.Average(s => s.SmPercent) - last.Average(s => s.SmPercent)) ?? 100) > 5
            ? null
            : 1 - (last.Average(s => s.SmMegahertz) / first.Average(s => s.SmMegahertz));
    }

    static double? Fraction(long? before, long? after, TimeSpan window) =>
        before is { } first && after is { } last && last >= first && window > TimeSpan.Zero ? Math.Min(1, (last - first) / (window.TotalSeconds * 1e9)) : null;
}

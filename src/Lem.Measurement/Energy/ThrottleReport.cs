using System.Text.Json.Nodes;
using Lem.Core.Results;

namespace Lem.Measurement.Energy;

/// <summary>What the throttling of all GPUs means for a result: its one summary, and its doubts.</summary>
public static class ThrottleReport
{
    const int NotableRiseCelsius = 10;
    const double NotableClockDrop = 0.05;

    /// <summary>The worst of all GPUs, cause by cause; nulls with a reason where there is no GPU.</summary>
    /// <param name="secondsOf">Turns a stamp into seconds since the window opened.</param>
    public static ThermalThrottleInfo Summarise(IReadOnlyList<ThermalThrottle> gpus, TimeSpan window, Func<long, double> secondsOf)
    {
        if (gpus.Count == 0)
            return new ThermalThrottleInfo(Reason: "no_gpu");
        var (thermal, brake) = (gpus.Max(gpu => gpu.ThermalFraction), gpus.Max(gpu => gpu.PowerBrakeFraction));
        var worst = Max(thermal, brake);
        var capped = gpus.Max(gpu => gpu.PowerCappedFraction);
        return new ThermalThrottleInfo(
            Noticeable(worst),
            Noticeable(thermal),
            Noticeable(capped),
            Noticeable(gpus.Max(gpu => gpu.SoftwareThermalFraction)),
            Noticeable(gpus.Max(gpu => gpu.HardwareThermalFraction)),
            Noticeable(brake),
            Noticeable(gpus.Max(gpu => gpu.HardwareSlowdownFraction)),
            ThermalThrottle.Band(worst),
            gpus.Select(gpu => gpu.Method).FirstOrDefault(method => method is not null),
            thermal,
            brake,
            capped,
            worst * window.TotalSeconds,
            gpus.Max(gpu => gpu.MaxTemperatureCelsius),
            gpus.Max(gpu => gpu.TemperatureRiseCelsius),
            [.. gpus.SelectMany(gpu => gpu.SlowStamps).Select(secondsOf).Order()],
            gpus.Select(gpu => gpu.Reason).FirstOrDefault(reason => reason is not null));
    }

    /// <summary>The doubts about one GPU's window.</summary>
    public static IEnumerable<Finding> Doubts(ThermalThrottle gpu)
    {
        if (OfBand("thermal_throttling", "slowed down for heat", gpu.Device, gpu.ThermalFraction) is { } heat)
            yield return heat;
        if (OfBand("power_brake", "slowed down by its power brake", gpu.Device, gpu.PowerBrakeFraction) is { } brake)
            yield return brake;
        if (Noticeable(gpu.HardwareSlowdownFraction) is true)
            yield return new Finding(
                "hw_slowdown",
                FindingSeverity.Warning,
                FormattableString.Invariant($"{gpu.Device}: slowed down by hardware in {gpu.HardwareSlowdownFraction * 100:0.#} % of the samples, cause unknown"));
        if (gpu.ClockDropFraction > NotableClockDrop)
            yield return new Finding(
                "clock_drop",
                FindingSeverity.Warning,
                FormattableString.Invariant($"{gpu.Device}: its clock fell by {gpu.ClockDropFraction * 100:0.#} % within the window at equal utilisation"),
                Hint: "Lock the clocks (nvidia-smi -lgc) or warm up longer; the window mixes two speeds.",
                Data: new JsonObject { ["device"] = gpu.Device, ["fraction"] = gpu.ClockDropFraction });
        if (gpu.TemperatureRiseCelsius > NotableRiseCelsius)
            yield return new Finding(
                "temperature_rise",
                FindingSeverity.Info,
                $"{gpu.Device}: temperature rose by {gpu.TemperatureRiseCelsius} °C within the window",
                Hint: "A longer warm-up measures at a settled temperature.");
    }

    static Finding? OfBand(string code, string what, string device, double? fraction) => ThermalThrottle.Band(fraction) is not { } band || band is "negligible" ? null : new Finding(
        code,
        band switch { "note" => FindingSeverity.Info, "warning" => FindingSeverity.Warning, _ => FindingSeverity.Invalid },
        FormattableString.Invariant($"{device}: {what} for {fraction * 100:0.#} % of the window"),
        Hint: "Improve cooling or lower the power limit, then measure again.",
        Data: new JsonObject { ["device"] = device, ["fraction"] = fraction });

    static bool? Noticeable(double? fraction) => fraction is { } known ? known >= 0.01 : null;

    static double? Max(double? a, double? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}

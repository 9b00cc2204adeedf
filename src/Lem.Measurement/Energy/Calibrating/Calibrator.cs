using Lem.Core;
using Lem.Core.Units;

namespace Lem.Measurement.Energy.Calibrating;

/// <summary>Finds the two plateaus of a load that a device's sensor and a meter both recorded, and lays a line through them.</summary>
public static class Calibrator
{
    // Below this the two did not see the same load.
    const double LeastCorrelation = 0.8;

    /// <param name="offsetSeconds">What must be added to the meter's time to have the device's; null = found from the load's shape.</param>
    /// <exception cref="LemException">The recordings do not allow it; the message says which part of them.</exception>
    public static (CalibrationFit Fit, Plateau Low, Plateau High, ClockAlignment Clocks) Fit(PowerTrack device, PowerTrack meter, double? offsetSeconds)
    {
        var clocks = offsetSeconds is { } given ? new ClockAlignment(given, double.NaN) : ClockAlignment.Find(device, meter);
        if (clocks.Correlation < LeastCorrelation)
            throw new LemException(
                FormattableString.Invariant($"the two recordings do not show the same load: their correlation is {clocks.Correlation:0.00} at best"),
                "Record both over the same load, which steps from idle to busy; with clocks that agree say so: --offset 0.");
        var shifted = meter.Shift(clocks.OffsetSeconds);
        var (low, high) = Plateau.Find(device, shifted);
        if (low is not { } idle || high is not { } busy)
            throw new LemException(
                $"{(low is null && high is null ? "no two plateaus were" : low is null ? "no steady idle plateau was" : "no steady plateau under load was")} found in both recordings",
                "Record ten seconds of idle, half a minute of steady load, and ten seconds of idle again.");
        var fit = CalibrationFit.Through(idle, busy);
        return (fit, idle, busy, clocks);
    }

    /// <summary>The fit as it is kept.</summary>
    /// <exception cref="LemException">No power sensor has such a gain.</exception>
    public static DeviceCalibration Record(
        string device, (CalibrationFit Fit, Plateau Low, Plateau High, ClockAlignment Clocks) found, DateTimeOffset now, string? driver, string sourceSha256)
    {
        var fit = found.Fit;
        var calibration = new DeviceCalibration(
            device, fit.Gain, fit.OffsetWatts, Math.Sqrt(fit.GainVariance), Math.Sqrt(fit.OffsetVariance), fit.GainOffsetCovariance,
            new Watts(found.Low.MeterWatts), new Watts(found.High.MeterWatts), found.Clocks.OffsetSeconds, now, driver, sourceSha256);
        return calibration.IsPlausible
            ? calibration
            : throw new LemException(
                FormattableString.Invariant($"a gain of {fit.Gain:0.###} is no power sensor's: meter {found.Low.MeterWatts:0.#} and {found.High.MeterWatts:0.#} W, sensor {found.Low.DeviceWatts:0.#} and {found.High.DeviceWatts:0.#} W"),
                "Check the units of the meter's file, and that it measures this device alone.");
    }
}

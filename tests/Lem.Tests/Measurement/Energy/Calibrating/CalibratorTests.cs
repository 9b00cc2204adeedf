using Lem.Core;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Calibrating;
using Lem.Tests.Shared.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Calibrating;

public class CalibratorTests
{
    const double Gain = 0.95, Offset = -4;

    /// <summary>Ten seconds of 60 W, thirty of 300 W, ten of 60 W.</summary>
    static double Truth(double at) => at is >= 10 and < 40 ? 300 : 60;

    static PowerTrack Track(double rateHz, Func<double, double> watts, double from = 0, double to = 50) =>
        new([.. Enumerable.Range(0, (int)((to - from) * rateHz)).Select(i => from + (i / rateHz)).Select(at => (at, watts(at)))]);

    static PowerTrack Meter { get; } = Track(1000, Truth);

    // A sensor with a second of averaging, ten values a second, and a hair of noise that is the same each time.
    static PowerTrack Device { get; } = Track(10, at => (Gain * Enumerable.Range(0, 100).Average(i => Truth(at - (i / 100.0)))) + Offset + (0.2 * Math.Sin(at * 77)));

    [Fact]
    public void Gain_and_offset_of_a_simulated_sensor_are_found()
    {
        var (fit, low, high, clocks) = Calibrator.Fit(Device, Meter, offsetSeconds: 0);

        Assert.Equal(Gain, fit.Gain, 3);
        Assert.Equal(Offset, fit.OffsetWatts, 0);
        Assert.Equal((60.0, 300.0), (Math.Round(low.MeterWatts, 3), Math.Round(high.MeterWatts, 3)));
        Assert.Equal(0, clocks.OffsetSeconds);
        Assert.True(high.ToSeconds - high.FromSeconds > 20);
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(3)]
    [InlineData(1_700_000_000)]
    public void The_clocks_need_not_agree(double seconds)
    {
        var (fit, _, _, clocks) = Calibrator.Fit(Device, Meter.Shift(seconds), offsetSeconds: null);

        Assert.Equal(Gain, fit.Gain, 3);
        Assert.InRange(clocks.OffsetSeconds + seconds, -0.2, 1.2);
        Assert.InRange(clocks.Correlation, 0.9, 1);
    }

    [Fact]
    public void A_line_through_known_plateaus_has_known_errors()
    {
        var fit = CalibrationFit.Through(new(0, 1, 100, 100, 0.04, 0), new(0, 1, 300, 300, 0.04, 0));

        // Each sensor mean is known to 0.2 W: the gain to √2 · 0.2 / 200, the offset at zero truth to √((1.5·0.2)² + (0.5·0.2)²).
        Assert.Equal((1, 0), (fit.Gain, fit.OffsetWatts));
        Assert.Equal(Math.Sqrt(2) * 0.2 / 200, Math.Sqrt(fit.GainVariance), 12);
        Assert.Equal(Math.Sqrt(0.09 + 0.01), Math.Sqrt(fit.OffsetVariance), 12);
        Assert.True(fit.GainOffsetCovariance < 0);
    }

    [Fact]
    public void A_calibrated_energy_is_what_the_meter_would_have_said()
    {
        var calibration = Calibration(new(0.95, -4, 0, 0, 0));

        var (energy, uncertainty) = calibration.Apply(new Joules(((0.95 * 200) - 4) * 10), new Joules(9.5), TimeSpan.FromSeconds(10));

        Assert.Equal(2000, energy.Value, 9);
        Assert.Equal(10, uncertainty.Value, 9);
    }

    [Fact]
    public void Within_its_plateaus_a_calibration_errs_less_than_gain_and_offset_alone_would()
    {
        var (fit, _, high, _) = Calibrator.Fit(Device, Meter, 0);
        var calibration = Calibration(fit);

        var uncertainty = calibration.Apply(new Joules(high.DeviceWatts * 10), Joules.Zero, TimeSpan.FromSeconds(10)).Uncertainty.Value;

        Assert.InRange(uncertainty, 0, 2 * ((3000 * calibration.GainStandardError) + (10 * calibration.OffsetStandardErrorW)) / fit.Gain);
        Assert.True(uncertainty < 3000 * 0.002);
    }

    [Fact]
    public void Recordings_of_different_loads_are_refused() => Assert.Contains(
        "do not show the same load", Assert.Throws<LemException>(() => Calibrator.Fit(Device, Track(100, at => 100 + (50 * Math.Sin(at * 9))), null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_step_there_is_nothing_to_fit() => Assert.Contains(
        "no two plateaus", Assert.Throws<LemException>(() => Calibrator.Fit(Track(10, _ => 60), Meter, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_load_that_never_becomes_steady_is_named() => Assert.Contains(
        "under load",
        Assert.Throws<LemException>(() => Calibrator.Fit(Track(10, at => Wandering(at)), Track(1000, at => Wandering(at)), 0)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_gain_that_no_sensor_has_is_refused() => Assert.Contains(
        "units", Assert.Throws<LemException>(() => Calibrator.Record("gpu:a", Calibrator.Fit(Device, Track(1000, at => Truth(at) * 1000), 0), default, null, "")).Hint, StringComparison.Ordinal);

    // Gains of the two cards as their publishers' traces have them.
    [Theory]
    [InlineData("A100", false, 0.957, 0.01)]
    [InlineData("A100", true, 0.957, 0.01)]
    [InlineData("3090", false, 0.945, 0.01)]
    [InlineData("3090", true, 0.945, 0.01)]
    [InlineData("4090", false, 1.05, 0.02)]
    public void Real_cards_have_the_gains_that_are_known_of_them(string card, bool instant, double gain, double tolerance)
    {
        var trace = Trace(card);
        var device = Track(instant ? trace.Instant : trace.Draw);

        foreach (double? offset in new double?[] { 0, null })
        {
            var (fit, low, high, clocks) = Calibrator.Fit(device, Track(trace.Meter), offset);
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"{card} instant={instant}: gain {fit.Gain:0.0000} ± {2 * Math.Sqrt(fit.GainVariance):0.0000}, offset {fit.OffsetWatts:0.00} ± {2 * Math.Sqrt(fit.OffsetVariance):0.00} W, low {low.FromSeconds:0.0}–{low.ToSeconds:0.0} s, high {high.FromSeconds:0.0}–{high.ToSeconds:0.0} s, clocks {clocks.OffsetSeconds:0.00} s ({clocks.Correlation:0.000})"));

            Assert.InRange(fit.Gain, gain - tolerance, gain + tolerance);
            Assert.InRange(2 * Math.Sqrt(fit.GainVariance), 0, 0.01);
        }
    }

    // Its line brings the energy of the whole load to that of the meter.
    [Theory]
    [InlineData("A100", true)]
    [InlineData("3090", true)]
    [InlineData("4090", false)]
    public void The_energy_of_a_real_load_comes_to_within_a_percent_of_the_meter(string card, bool instant)
    {
        var trace = Trace(card);
        var device = Track(instant ? trace.Instant : trace.Draw);
        var calibration = Calibration(Calibrator.Fit(device, Track(trace.Meter), 0).Fit);
        var (from, to) = (trace.LoadStart, trace.LastEdge);

        var (energy, _) = calibration.Apply(new Joules(device.Mean(from, to) * (to - from)), null, TimeSpan.FromSeconds(to - from));

        Assert.InRange(energy.Value / trace.TrueJoules(from, to), 0.99, 1.01);
    }

    static MeteredTrace Trace(string card)
    {
        // Data that no script can provide: absent, it is a skip even where all parts are required.
        Assert.SkipWhen(MeteredTrace.Folder is null, "the metered GPU traces are not there: put shared/data/gpu-power beside the checkout");
        return MeteredTrace.Load(MeteredTrace.Folder ?? "", card);
    }

    static double Wandering(double at) => Truth(at) + (at is >= 10 and < 40 ? 100 * Math.Sin(at) : 0);

    static DeviceCalibration Calibration(CalibrationFit fit) => new(
        "gpu:a", fit.Gain, fit.OffsetWatts, Math.Sqrt(fit.GainVariance), Math.Sqrt(fit.OffsetVariance), fit.GainOffsetCovariance, new Watts(60), new Watts(300), 0,
        default, "550", "");

    static PowerTrack Track(IReadOnlyList<SeriesPoint> points)
    {
        var kept = new List<(double AtSeconds, double Watts)>();
        foreach (var point in points)
            if (kept.Count == 0 || point.AtSeconds > kept[^1].AtSeconds)
                kept.Add((point.AtSeconds, point.PowerWatts));
        return new PowerTrack(kept);
    }
}

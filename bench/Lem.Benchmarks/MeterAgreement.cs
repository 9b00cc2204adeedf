using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Tests.Shared.Energy;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P6: energy by NVML's power readings against a meter in the supply lines of the same cards (JimZeyuYang/GPU_Power_Benchmark, arXiv
/// 2312.02741), with gain and offset of the card from its two settled plateaus alone; beside it the calibrated trapezoid of the same readings.
/// </summary>
static class MeterAgreement
{
    static readonly (string Card, bool Instant, double UpdateMs, double WindowMs)[] Readings =
    [
        ("A100", false, 100, 25), ("A100", true, 100, 25), ("3090", false, 100, 1000), ("3090", true, 100, 100), ("4090", false, 100, 1000),
    ];

    public static int Run()
    {
        if (MeteredTrace.Folder is not { } folder)
        {
            Console.Error.WriteLine("the metered GPU traces are not there: put shared/data/gpu-power beside the checkout");
            return 3;
        }

        Console.WriteLine("errors in percent of the meter's energy");
        Console.WriteLine("card  reading      first to last edge (bar 0.5)   load alone (bar 1)    trapezoid, calibrated: whole   load");
        var misses = 0;
        foreach (var (card, instant, updateMs, windowMs) in Readings)
        {
            var trace = MeteredTrace.Load(folder, card);
            var readings = trace.Calibrated(instant ? trace.Instant : trace.Draw);
            var channel = new EnergyChannel(
                EnergyDomain.Gpu, "gpu:x", EnergyMethod.Integrated, TimeSpan.FromMilliseconds(updateMs), TimeSpan.FromMilliseconds(windowMs), Source: "nvml");
            var series = new ChannelSeries(channel, readings);
            var (whole, load) = (Error(trace.LoadStart, trace.LastEdge), Error(trace.LoadStart, trace.LoadEnd));
            misses += Math.Abs(whole) > 0.5 || Math.Abs(load) > 1 ? 1 : 0;
            Console.WriteLine(FormattableString.Invariant(
                $"{card,-5} {(instant ? "field 186" : "power.draw"),-11} {whole,16:+0.00;-0.00} {load,25:+0.00;-0.00} {Naive(trace.LoadStart, trace.LastEdge),30:+0.00;-0.00} {Naive(trace.LoadStart, trace.LoadEnd),10:+0.00;-0.00}"));

            double Error(double from, double to) => 100 * (((WindowEnergy.Compute(series, from, to).Energy?.Value ?? double.NaN) / trace.TrueJoules(from, to)) - 1);
            double Naive(double from, double to) => 100 * ((new PowerCurve(readings).Integral(from, to) / trace.TrueJoules(from, to)) - 1);
        }

        Console.WriteLine(FormattableString.Invariant($"P6: {Readings.Length - misses} of {Readings.Length} within both bars"));
        return 0;
    }
}

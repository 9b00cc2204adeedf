using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Tests.Shared.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class MeteredTraceTests
{
    [Theory]
    [InlineData("A100", false, 100, 25)]
    [InlineData("A100", true, 100, 25)]
    [InlineData("3090", false, 100, 1000)]
    [InlineData("3090", true, 100, 100)]
    [InlineData("4090", false, 100, 1000)]
    public void Integrated_power_agrees_with_an_external_meter(string card, bool instant, double updateMs, double windowMs)
    {
        // Data that no script can provide: absent, it is a skip even where all parts are required.
        Assert.SkipWhen(MeteredTrace.Folder is null, "the metered GPU traces are not there: put shared/data/gpu-power beside the checkout");
        var trace = MeteredTrace.Load(MeteredTrace.Folder ?? "", card);
        var readings = trace.Calibrated(instant ? trace.Instant : trace.Draw);
        var series = new ChannelSeries(SimulatedSensor.Gpu(updateMs, windowMs, EnergyMethod.Integrated), readings);

        var whole = IntegralEnergy.Compute(series, trace.LoadStart, trace.LastEdge);
        var load = IntegralEnergy.Compute(series, trace.LoadStart, trace.LoadEnd);
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{card} instant={instant}: whole {Error(whole, trace.LoadStart, trace.LastEdge):P2} {whole.Form} ±{whole.Uncertainty}, load {Error(load, trace.LoadStart, trace.LoadEnd):P2} {load.Form} ±{load.Uncertainty}"));

        Assert.InRange(Error(whole, trace.LoadStart, trace.LastEdge), -0.005, 0.005);
        Assert.InRange(Error(load, trace.LoadStart, trace.LoadEnd), -0.01, 0.01);

        double Error(IntegralEnergy energy, double from, double to) => (energy.Energy!.Value.Value / trace.TrueJoules(from, to)) - 1;
    }
}

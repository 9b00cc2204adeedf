using Lem.Core.Results;
using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public sealed class SamplingCostTests
{
    static readonly SamplerOverhead Before = new(
        TimeSpan.FromMilliseconds(10), 200, 1, TimeSpan.FromMicroseconds(40), TimeSpan.FromMicroseconds(800), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(4));

    static readonly SamplerOverhead After = new(
        TimeSpan.FromMilliseconds(10), 1200, 3, TimeSpan.FromMicroseconds(50), TimeSpan.FromMicroseconds(900), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(24));

    [Fact]
    public void A_window_has_its_own_ticks_and_seconds_and_the_lateness_since_the_start()
    {
        var cost = SamplingCost.Between(Before, After, TimeSpan.FromSeconds(10));

        Assert.Equal(new MeasurementOverhead(0.02, 0.002, 1000, 2, 0.05, 0.9, 3), cost);
        Assert.Equal(TimeSpan.FromMicroseconds(20), After.CpuPerTick);
    }

    [Fact]
    public void Without_a_sampler_of_its_own_nothing_is_known() =>
        Assert.Equal(new MeasurementOverhead(), SamplingCost.Between(null, After, TimeSpan.FromSeconds(10)));
}

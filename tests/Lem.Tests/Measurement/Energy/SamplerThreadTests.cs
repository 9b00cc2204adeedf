using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class SamplerThreadTests
{
    [Fact]
    public void It_ticks_until_disposed_and_knows_what_it_cost()
    {
        using var enough = new CountdownEvent(20);
        var thread = 0;
        var sampler = SamplerThread.Start(
            () =>
            {
                thread = Environment.CurrentManagedThreadId;
                if (!enough.IsSet)
                    enough.Signal();
            },
            TimeSpan.FromMilliseconds(1), TimeProvider.System);

        Assert.True(enough.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        sampler.Dispose();
        var overhead = sampler.Overhead;

        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
        Assert.True(overhead.Ticks >= 20);
        Assert.True(overhead.LatenessP50 <= overhead.LatenessP99 && overhead.LatenessP99 <= overhead.LatenessMax);
        Assert.True(overhead.CpuTime > TimeSpan.Zero);
        Assert.True(overhead.CpuPerTick < TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void After_its_end_it_ticks_no_more()
    {
        var ticks = 0;
        SamplerThread.Start(() => ticks++, TimeSpan.FromMilliseconds(1), TimeProvider.System).Dispose();
        var atEnd = ticks;

        SpinWait.SpinUntil(() => ticks != atEnd, TimeSpan.FromMilliseconds(20));

        Assert.Equal(atEnd, ticks);
    }

    [Fact]
    public void A_tick_that_takes_longer_than_the_period_makes_missed_ticks_and_no_drift()
    {
        using var enough = new CountdownEvent(5);
        using var sampler = SamplerThread.Start(
            () =>
            {
                // Longer than three periods, without sleeping.
                SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(8));
                if (!enough.IsSet)
                    enough.Signal();
            },
            TimeSpan.FromMilliseconds(2), TimeProvider.System);

        Assert.True(enough.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.True(sampler.Overhead.Missed >= 8);
    }
}

using Lem.Measurement.Programs;
using Xunit;

namespace Lem.Tests.Measurement.Programs;

public class ChildResourcesTests
{
    static readonly ChildResources Before = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), 0);

    [Fact]
    public void Processor_time_is_what_came_in_between()
    {
        var use = ChildResources.Between(Before, new(TimeSpan.FromSeconds(13), TimeSpan.FromSeconds(5), 200 << 20), TimeSpan.FromSeconds(10), ownPeakBytes: 50 << 20);

        Assert.Equal((12.0, 3.0, 1.5), (use.UserCpuSec, use.SystemCpuSec, use.MeanCpus));
        Assert.Equal((200L << 20, null), (use.MaxRssBytes, use.MaxRssBelowBytes));
    }

    // A child begins as a copy of its maker, and the kernel counts that.
    [Fact]
    public void Memory_that_is_not_above_lems_own_is_known_by_a_bound_only()
    {
        var use = ChildResources.Between(Before, Before with { MaxResidentBytes = 48 << 20 }, TimeSpan.FromSeconds(10), ownPeakBytes: 50 << 20);

        Assert.Equal((null, 50L << 20), (use.MaxRssBytes, use.MaxRssBelowBytes));
    }

    [Fact]
    public void Where_the_system_does_not_tell_everything_is_null() =>
        Assert.Equal(new(null, null, null, null), ChildResources.Between(null, null, TimeSpan.FromSeconds(1), 0));
}

using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Estimated;
using Lem.Tests.Fakes;
using Lem.Tests.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Estimated;

public class EstimatedEnergySourceTests
{
    readonly ManualClock _clock = new();
    readonly EnergyReading[] _readings = new EnergyReading[2];

    static string Stat(long busyTicksOfEach) => $"cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 {busyTicksOfEach} 0 0 0 0 0 0 0 0 0\ncpu1 {busyTicksOfEach} 0 0 0 0 0 0 0 0 0\nintr 1";

    static FolderTree Guest() => new FolderTree()
        .With("proc/stat", Stat(1000))
        .With("proc/cpuinfo", "processor : 0\nmodel name : Nameless\nflags : hypervisor\n\nprocessor : 1\nmodel name : Nameless\nflags : hypervisor")
        .With("proc/meminfo", "MemTotal:       16777216 kB");

    EstimatedEnergySource Open(FolderTree folder) =>
        EstimatedEnergySource.Open(EstimateBasis.Read(folder.Tree)!, folder.Tree, _clock, cpu: true, dram: true)!;

    [Fact]
    public void Two_idle_CPUs_for_ten_seconds_are_twelve_percent_of_eight_watts()
    {
        using var folder = Guest();
        using var source = Open(folder);

        _clock.Advance(TimeSpan.FromSeconds(10));
        source.Read(_readings);

        Assert.Equal(0.12 * 8 * 10, _readings[0].EnergyJoules, 9);
    }

    [Fact]
    public void Two_busy_CPUs_for_ten_seconds_are_all_of_eight_watts()
    {
        using var folder = Guest();
        using var source = Open(folder);

        _clock.Advance(TimeSpan.FromSeconds(10));
        File.WriteAllText(folder.PathOf("proc/stat"), Stat(2000));
        source.Read(_readings);

        Assert.Equal(80, _readings[0].EnergyJoules, 9);
    }

    [Fact]
    public void The_sum_does_not_depend_on_how_often_it_is_read()
    {
        using var folder = Guest();
        using var source = Open(folder);

        foreach (var ticks in new[] { 1000, 1003, 1500, 1500, 1777 })
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            File.WriteAllText(folder.PathOf("proc/stat"), Stat(ticks));
            source.Read(_readings);
        }

        Assert.Equal(8 * ((0.12 * 10) + (0.88 * 7.77)), _readings[0].EnergyJoules, 9);
    }

    [Fact]
    public void Memory_draws_the_same_busy_or_not()
    {
        using var folder = Guest();
        using var source = Open(folder);

        _clock.Advance(TimeSpan.FromSeconds(10));
        source.Read(_readings);

        Assert.Equal(16 * 0.375 * 10, _readings[1].EnergyJoules, 9);
    }

    [Fact]
    public void Under_a_quota_the_groups_own_use_counts()
    {
        using var folder = Guest()
            .With("sys/fs/cgroup/cgroup.controllers", "cpu")
            .With("sys/fs/cgroup/cpu.max", "50000 100000")
            .With("sys/fs/cgroup/cpu.stat", "usage_usec 1000000");
        using var source = Open(folder);

        _clock.Advance(TimeSpan.FromSeconds(10));
        File.WriteAllText(folder.PathOf("sys/fs/cgroup/cpu.stat"), "usage_usec 6000000\n");
        source.Read(_readings);

        Assert.Equal(0.5 * 4 * 10, _readings[0].EnergyJoules, 9);
    }

    [Fact]
    public void Under_a_quota_without_an_account_of_its_own_the_busy_share_of_the_visible_CPUs_counts()
    {
        using var folder = Guest()
            .With("sys/fs/cgroup/cgroup.controllers", "cpu")
            .With("sys/fs/cgroup/cpu.max", "50000 100000");
        using var source = Open(folder);

        _clock.Advance(TimeSpan.FromSeconds(10));
        File.WriteAllText(folder.PathOf("proc/stat"), Stat(1500));
        source.Read(_readings);

        Assert.Equal(0.5 * 4 * 10 * (0.12 + (0.88 * 0.5)), _readings[0].EnergyJoules, 9);
    }

    [Fact]
    public void Every_channel_is_labelled_estimated_with_its_band_and_its_basis()
    {
        using var folder = Guest();
        using var source = Open(folder);

        Assert.All(source.Channels, channel => Assert.Equal((EnergyMethod.Estimated, 3.0), (channel.Method, channel.BandFactor)));
        Assert.Contains("Nameless", source.Channels[0].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using var folder = Guest();
        using var source = Open(folder);
        source.Read(_readings);

        Assert.Equal(0, Allocations.Least(() => source.Read(_readings)));
    }
}

using Lem.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Linux;

public class CgroupLimitsTests
{
    [Fact]
    public void The_tightest_group_on_the_way_up_counts()
    {
        using var folder = new FolderTree()
            .With("sys/fs/cgroup/cgroup.controllers", "cpu memory")
            .With("proc/self/cgroup", "0::/outer/inner")
            .With("sys/fs/cgroup/outer/cpu.max", "150000 100000")
            .With("sys/fs/cgroup/outer/cpu.stat", "usage_usec 0")
            .With("sys/fs/cgroup/outer/memory.max", "max")
            .With("sys/fs/cgroup/outer/inner/cpu.max", "max 100000")
            .With("sys/fs/cgroup/outer/inner/memory.max", "1073741824");

        Assert.Equal(new CgroupLimits(1.5, 1 << 30, "sys/fs/cgroup/outer/cpu.stat", 2), CgroupLimits.Read(folder.Tree));
    }

    [Fact]
    public void Version_1_says_no_limit_by_minus_one_and_by_a_huge_number()
    {
        using var folder = new FolderTree()
            .With("proc/self/cgroup", "2:cpu:/\n4:memory:/job")
            .With("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1")
            .With("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000")
            .With("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");

        Assert.Equal(new CgroupLimits(null, null, null, 1), CgroupLimits.Read(folder.Tree));
    }

    [Fact]
    public void Version_1_quotas_are_periods_of_CPU_time()
    {
        using var folder = new FolderTree()
            .With("proc/self/cgroup", "2:cpu,cpuacct:/job\n4:memory:/job")
            .With("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "50000")
            .With("sys/fs/cgroup/cpu/job/cpu.cfs_period_us", "100000")
            .With("sys/fs/cgroup/cpuacct/job/cpuacct.usage", "0")
            .With("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "4096");

        Assert.Equal(new CgroupLimits(0.5, 4096, "sys/fs/cgroup/cpuacct/job/cpuacct.usage", 1), CgroupLimits.Read(folder.Tree));
    }

    [Fact]
    public void No_control_groups_are_no_limits()
    {
        using var folder = new FolderTree();

        Assert.Equal(new CgroupLimits(null, null, null, null), CgroupLimits.Read(folder.Tree));
    }
}

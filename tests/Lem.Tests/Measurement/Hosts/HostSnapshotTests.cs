using Lem.Core.Results.Environments;
using Lem.Measurement.Hosts;
using Lem.Tests.Fakes;
using Lem.Tests.Measurement.Linux;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Hosts;

public sealed class HostSnapshotTests : IDisposable
{
    readonly FolderTree _server = new FolderTree()
        .With("proc/cpuinfo", CpuInfoTests.TwoSockets("Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz"))
        .With("proc/meminfo", "MemTotal:       1048576 kB\nMemAvailable:    524288 kB\nSwapTotal:            0 kB")
        .With("proc/loadavg", "1.25 0.55 0.27 2/165 13601")
        .With("proc/self/status", "Name:\tlem\nCpus_allowed_list:\t0-3")
        .With("proc/sys/kernel/osrelease", "6.1.0-18-amd64")
        .With("proc/sys/kernel/hostname", "node7")
        .With("etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"")
        .With("sys/devices/system/node/online", "0-1")
        .With("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc")
        .With("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance")
        .With("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave")
        .With("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "2000000")
        .With("sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "3200000")
        .With("sys/devices/system/cpu/intel_pstate/no_turbo", "1");

    public void Dispose() => _server.Dispose();

    EnvironmentSnapshot Take(string nvml = "/nowhere/libnvidia-ml.so.1") =>
        HostSnapshot.Take(_server.Tree, new HostIdentity("0.1.0", "abc", _ => null, pid => pid == 4711), new ManualClock(), nvml);

    [Fact]
    public void A_captured_server_is_described_in_full()
    {
        var host = Take();

        Assert.Equal(
            new CpuSnapshot("Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", 2, 4, 8, 4, "performance,powersave", 2000, 3200, false, null, "0xd0003a5"),
            host.Cpu);
        Assert.Equal(new MemorySnapshot(1 << 30, 1 << 29, 0, null, 2), host.Memory);
        Assert.Equal(("node7", "6.1.0-18-amd64", "Debian GNU/Linux 12 (bookworm)", "tsc", 1.25), (host.Hostname, host.Kernel, host.OperatingSystem, host.ClockSource, host.LoadAverage1Min!.Value));
        Assert.Equal(("none", "none", "0.1.0", "abc", "UTC"), (host.Container, host.Hypervisor, host.LemVersion, host.LemCommit, host.TimeZone));
        Assert.Empty(host.Gpus!);
        Assert.Equal("nvml_library_missing", host.GpuReason);
        Assert.Null(host.Cgroup);
        Assert.Null(host.NtpSynchronised);
    }

    [Fact]
    public void An_empty_tree_is_all_nulls_and_no_zeros()
    {
        using var nothing = new FolderTree();

        var host = HostSnapshot.Take(nothing.Tree, new HostIdentity("0.1.0", null, _ => null, _ => false), new ManualClock(), "/nowhere");

        Assert.Null(host.Cpu);
        Assert.Null(host.Memory);
        Assert.Null(host.LoadAverage1Min);
        Assert.Null(host.Hypervisor);
    }

    [Fact]
    public void GPUs_are_described_with_driver_limits_and_their_users()
    {
        using var fake = new NvmlScenario();
        fake.Tell(0, $"process 4711");
        fake.Tell(1, $"process 99");

        var host = Take(fake.Path);

        Assert.Equal(new DriverSnapshot("550.54.15", "12.550.54.15", "12.4"), host.Driver);
        Assert.Equal(["NVIDIA A100-SXM4-80GB", "NVIDIA A100-SXM4-80GB"], host.Gpus!.Select(gpu => gpu.Name));
        Assert.Equal([new GpuProcessSnapshot(4711, 1L << 30, Own: true)], host.Gpus![0].Processes);
        Assert.Equal([new GpuProcessSnapshot(99, 1L << 30)], host.Gpus[1].Processes);
        Assert.Equal((400.0, 80L << 30, 4), (host.Gpus[0].EnforcedPowerLimitW!.Value, host.Gpus[0].MemoryTotalBytes!.Value, host.Gpus[0].PcieGeneration!.Value));
        Assert.Null(host.GpuReason);
    }

    [Fact]
    public void A_lost_GPU_stays_in_the_list_with_its_reason()
    {
        using var fake = new NvmlScenario();
        fake.Tell(1, $"fail {15}");

        Assert.Equal("nvml_gpu_lost", GpuTopology.Read(fake.Path, out _)[1].Reason);
    }

    [Fact]
    public void Groups_limits_are_part_of_the_machine()
    {
        _server.With("sys/fs/cgroup/cgroup.controllers", "cpu").With("sys/fs/cgroup/cpu.max", "200000 100000").With("sys/fs/cgroup/memory.max", "1024");

        Assert.Equal(new CgroupSnapshot(2, 2, 1024), Take().Cgroup);
    }
}

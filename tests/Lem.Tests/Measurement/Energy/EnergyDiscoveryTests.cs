using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Lem.Tests.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public sealed class EnergyDiscoveryTests : IDisposable
{
    static readonly EnergyOptions NoNvml = new(NvmlLibrary: "/nowhere/libnvidia-ml.so.1");

    readonly FolderTree _folder = new FolderTree()
        .With("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0")
        .With("proc/cpuinfo", "processor : 0\nmodel name : Nameless\nflags : hypervisor")
        .With("proc/meminfo", "MemTotal: 1048576 kB");

    public void Dispose() => _folder.Dispose();

    EnergySources Discover(EnergyOptions options) => EnergyDiscovery.Discover(options, _folder.Tree, new ManualClock());

    [Fact]
    public void A_guest_without_GPU_and_counters_estimates_and_says_why()
    {
        using var found = Discover(NoNvml);

        Assert.Equal([("cpu:0", EnergyMethod.Estimated), ("dram:0", EnergyMethod.Estimated)], found.Channels.Select(channel => (channel.Device, channel.Method)));
        Assert.Equal(
            [(EnergyDomain.Gpu, "nvml_library_missing"), (EnergyDomain.Cpu, "rapl_absent"), (EnergyDomain.Dram, "rapl_absent")],
            found.Unavailable.Select(reason => (reason.Domain, reason.Code)));
        Assert.Equal("cpu_estimate_shared_machine", Assert.Single(found.Findings).Code);
    }

    [Fact]
    public void A_package_counter_leaves_only_memory_to_be_estimated()
    {
        const string Package = "sys/class/powercap/intel-rapl:0";
        _folder.With($"{Package}/name", "package-0").With($"{Package}/max_energy_range_uj", "1000000").With($"{Package}/energy_uj", "0");

        using var found = Discover(NoNvml);

        Assert.Equal([("cpu:0", EnergyMethod.Counter), ("dram:0", EnergyMethod.Estimated)], found.Channels.Select(channel => (channel.Device, channel.Method)));
        Assert.Empty(found.Findings);
    }

    [Fact]
    public void What_is_switched_off_is_not_measured_and_says_so()
    {
        using var found = Discover(NoNvml with { Sources = "rapl, estimate", Dram = false });

        Assert.Equal(["cpu:0"], found.Channels.Select(channel => channel.Device));
        Assert.Contains(found.Unavailable, reason => reason is { Domain: EnergyDomain.Gpu, Code: "not_selected" });
        Assert.Contains(found.Unavailable, reason => reason is { Domain: EnergyDomain.Dram, Code: "not_selected" });
    }

    [Fact]
    public void Without_estimates_there_is_nothing_rather_than_a_guess()
    {
        using var found = Discover(NoNvml with { Sources = "nvml,rapl" });

        Assert.Empty(found.Sources);
    }
}

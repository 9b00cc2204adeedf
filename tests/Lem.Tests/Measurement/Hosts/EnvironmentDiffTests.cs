using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Measurement.Hosts;
using Xunit;

namespace Lem.Tests.Measurement.Hosts;

public class EnvironmentDiffTests
{
    static readonly GpuSnapshot Gpu = new(
        0, "GPU-x", EnforcedPowerLimitW: 300, DefaultPowerLimitW: 300, TemperatureC: 40, ApplicationGraphicsClockMhz: 1350, PersistenceMode: true,
        EccEnabled: true, MigEnabled: false,
        Processes: [new GpuProcessSnapshot(1, Own: true)]);

    static EnvironmentSnapshot With(GpuSnapshot gpu, string governor = "performance") =>
        new(DateTimeOffset.UnixEpoch, "0.1.0", Gpus: [gpu], Cpu: new CpuSnapshot(Governor: governor));

    static IEnumerable<string> Changes(GpuSnapshot after) => EnvironmentDiff.Compare(With(Gpu), With(after)).Select(finding => finding.Code);

    [Fact]
    public void The_same_machine_raises_no_doubt()
    {
        Assert.Empty(Changes(Gpu));
        Assert.Empty(EnvironmentDiff.Inspect(With(Gpu)));
    }

    [Fact]
    public void What_changes_energy_is_found()
    {
        Assert.Equal(["environment_changed"], Changes(Gpu with { EnforcedPowerLimitW = 250 }));
        Assert.Equal(["environment_changed"], Changes(Gpu with { EccEnabled = false }));
        Assert.Equal(["environment_changed"], Changes(Gpu with { MigEnabled = true }));
        Assert.Equal(["environment_changed"], Changes(Gpu with { ApplicationGraphicsClockMhz = 1200 }));
        Assert.Equal(["temperature_rise"], Changes(Gpu with { TemperatureC = 51 }));
        Assert.Equal(["gpu_shared"], Changes(Gpu with { Processes = [new GpuProcessSnapshot(1, Own: true), new GpuProcessSnapshot(2)] }));
        Assert.Equal(["gpu_lost"], Changes(Gpu with { Uuid = "GPU-y" }));
    }

    [Theory]
    [InlineData(1, FindingSeverity.Info)]
    [InlineData(2, FindingSeverity.Warning)]
    public void Nobody_is_told_to_end_the_server_that_is_measured(int processes, FindingSeverity severity)
    {
        var shared = With(Gpu with { Processes = [.. Enumerable.Range(2, processes).Select(pid => new GpuProcessSnapshot(pid))] });

        var finding = Assert.Single(EnvironmentDiff.Inspect(shared, isServerUp: true));

        Assert.Equal(("gpu_shared", severity), (finding.Code, finding.Severity));
        Assert.DoesNotContain("End them", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_matter_or_is_unknown_is_not_a_change()
    {
        Assert.Empty(Changes(Gpu with { TemperatureC = 50 }));
        Assert.Empty(Changes(Gpu with { EnforcedPowerLimitW = null }));
        Assert.Empty(Changes(Gpu with { SmClockMhz = 900 }));
    }

    [Fact]
    public void What_befalls_a_GPU_that_takes_no_part_is_no_doubt()
    {
        var shared = With(Gpu with { EnforcedPowerLimitW = 200, Processes = [new GpuProcessSnapshot(2)] });

        Assert.Empty(EnvironmentDiff.Inspect(shared, ["gpu:GPU-y"]));
        Assert.NotEmpty(EnvironmentDiff.Inspect(shared, ["gpu:GPU-x"]));
        Assert.Empty(EnvironmentDiff.Compare(With(Gpu), With(Gpu with { Uuid = "GPU-z" }), ["gpu:GPU-y"]));
        Assert.NotEmpty(EnvironmentDiff.Compare(With(Gpu), With(Gpu with { Uuid = "GPU-z" }), ["gpu:GPU-x"]));
    }

    [Fact]
    public void A_changed_governor_is_named_with_both_values()
    {
        var finding = Assert.Single(EnvironmentDiff.Compare(With(Gpu), With(Gpu, "powersave")));

        Assert.Equal("cpu_governor changed during the experiment from performance to powersave", finding.Message);
    }

    [Fact]
    public void A_lowered_limit_a_missing_persistence_mode_and_a_neighbour_are_told_before()
        => Assert.Equal(
            ["power_limit_below_default", "persistence_mode_off", "gpu_shared"],
            EnvironmentDiff.Inspect(With(Gpu with { EnforcedPowerLimitW = 200, PersistenceMode = false, Processes = [new GpuProcessSnapshot(2)] })).Select(finding => finding.Code));
}

using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Rapl;
using Lem.Tests.Fakes;
using Lem.Tests.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Rapl;

public class RaplEnergySourceTests
{
    const string Package = "sys/class/powercap/intel-rapl:0";

    readonly List<UnavailableReason> _reasons = [];

    static FolderTree Desktop() => new FolderTree()
        .With($"{Package}/name", "package-0")
        .With($"{Package}/max_energy_range_uj", "1000000")
        .With($"{Package}/energy_uj", "400000")
        .With($"{Package}/constraint_0_power_limit_uw", "65000000")
        .With($"{Package}/constraint_1_power_limit_uw", "180000000")
        .With("sys/class/powercap/intel-rapl/enabled", "1");

    [Fact]
    public void The_counter_is_read_anew_each_time_and_across_its_wrap()
    {
        using var folder = Desktop();
        using var source = RaplEnergySource.Open(folder.Tree, new ManualClock(), new EnergyOptions(Dram: false), _reasons)!;
        var readings = new EnergyReading[1];

        source.Read(readings);
        File.WriteAllText(folder.PathOf($"{Package}/energy_uj"), "900000\n");
        source.Read(readings);
        Assert.Equal(0.5, readings[0].EnergyJoules, 9);
        File.WriteAllText(folder.PathOf($"{Package}/energy_uj"), "100000\n");
        source.Read(readings);
        Assert.Equal(0.7, readings[0].EnergyJoules, 9);
        Assert.Equal(180, source.Channels[0].PowerLimit?.Value);
    }

    [Fact]
    public void What_cannot_be_read_is_a_failure_and_no_zero()
    {
        using var folder = Desktop().With($"{Package}/energy_uj", "no number");
        using var source = RaplEnergySource.Open(folder.Tree, new ManualClock(), new EnergyOptions(Dram: false), _reasons)!;
        var readings = new EnergyReading[1];

        source.Read(readings);

        Assert.Equal((double.NaN, ReadFailure.Unreadable), (readings[0].EnergyJoules, readings[0].Failure));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using var folder = Desktop();
        using var source = RaplEnergySource.Open(folder.Tree, new ManualClock(), new EnergyOptions(Dram: false), _reasons)!;
        var readings = new EnergyReading[1];
        source.Read(readings);

        Assert.Equal(0, Allocations.Least(() => source.Read(readings)));
    }

    [Fact]
    public void A_machine_without_counters_says_so_for_each_domain()
    {
        using var folder = new FolderTree();

        Assert.Null(RaplEnergySource.Open(folder.Tree, new ManualClock(), new EnergyOptions(), _reasons));
        Assert.Equal([(EnergyDomain.Cpu, "rapl_absent"), (EnergyDomain.Dram, "rapl_absent")], _reasons.Select(reason => (reason.Domain, reason.Code)));
    }

    [Fact]
    public void A_counter_for_root_only_is_a_reason_with_the_rule_that_opens_it()
    {
        // A folder in the file's place is refused as a file without permission is, to root as well.
        using var folder = Desktop();
        File.Delete(folder.PathOf($"{Package}/energy_uj"));
        Directory.CreateDirectory(folder.PathOf($"{Package}/energy_uj"));

        Assert.Null(RaplEnergySource.Open(folder.Tree, new ManualClock(), new EnergyOptions(Dram: false), _reasons));
        Assert.Equal("rapl_denied", _reasons[0].Code);
        Assert.Contains("udev", _reasons[0].Hint, StringComparison.Ordinal);
    }
}

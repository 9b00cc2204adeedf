using Lem.Core.Results;
using Lem.Measurement.Energy.Rapl;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Rapl;

public class RaplSelectionTests
{
    static RaplZone Zone(string folder, string name, string? parent = null) => new(folder, name, parent, 262_143_328_850, $"/{folder}/energy_uj");

    [Fact]
    public void Packages_and_their_memory_are_all_there_is_to_add()
    {
        RaplZone[] server =
        [
            Zone("intel-rapl:0", "package-0"),
            Zone("intel-rapl:0:0", "core", "package-0"),
            Zone("intel-rapl:0:1", "uncore", "package-0"),
            Zone("intel-rapl:0:2", "dram", "package-0"),
            Zone("intel-rapl:1", "package-1"),
            Zone("intel-rapl:1:0", "dram", "package-1"),
            Zone("intel-rapl:2", "psys"),
        ];

        Assert.Equal(
            [("package-0", "cpu:0"), ("dram", "dram:0"), ("package-1", "cpu:1"), ("dram", "dram:1")],
            RaplSelection.Choose(server).Select(chosen => (chosen.Zone.Name, chosen.Device)));
    }

    [Fact]
    public void The_memory_mapped_copy_of_a_package_is_not_added_again()
    {
        RaplZone[] laptop = [Zone("intel-rapl-mmio:0", "package-0"), Zone("intel-rapl:0", "package-0")];

        var chosen = Assert.Single(RaplSelection.Choose(laptop));
        Assert.Equal("intel-rapl:0", chosen.Zone.Folder);
    }

    [Fact]
    public void A_package_known_only_by_its_mapped_copy_is_taken()
        => Assert.Equal(EnergyDomain.Cpu, Assert.Single(RaplSelection.Choose([Zone("intel-rapl-mmio:0", "package-0")])).Domain);

    [Fact]
    public void Dies_of_one_package_count_each_for_itself()
        => Assert.Equal(
            ["cpu:0.0", "cpu:0.1"],
            RaplSelection.Choose([Zone("intel-rapl:0", "package-0-die-0"), Zone("intel-rapl:1", "package-0-die-1")]).Select(chosen => chosen.Device));
}

using Lem.Measurement.Energy.Estimated;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Estimated;

public class CpuTableTests
{
    [Fact]
    public void A_known_processor_has_its_vendors_figures()
        => Assert.Equal(new CpuSpecification(280, 128), CpuTable.Find("AMD EPYC 7763 64-Core Processor"));

    [Fact]
    public void An_unknown_processor_is_null()
    {
        Assert.Null(CpuTable.Find("Intel(R) Xeon(R) Processor"));
        Assert.Null(CpuTable.Find(null));
    }

    [Fact]
    public void The_table_covers_a_hundred_processors_and_its_names_are_normalised()
    {
        Assert.True(CpuTable.Names.Count >= 100);
        Assert.All(CpuTable.Names, name => Assert.Equal(name, CpuModelName.Normalise(name)));
    }

    [Fact]
    public void Figures_are_those_of_processors()
        => Assert.All(CpuTable.Names, name =>
        {
            var cpu = CpuTable.Find(name)!;
            Assert.InRange(cpu.DesignPowerWatts, 10, 600);
            Assert.InRange(cpu.Threads, 4, 512);

            // A thread of a real processor is designed for 0.9 (many small cores) to 13 W (few large ones).
            Assert.InRange(cpu.DesignPowerWatts / (double)cpu.Threads, 0.9, 13);
        });
}

using Lem.Core.Results;
using Lem.Core.Results.Programs;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Xunit;

namespace Lem.Tests.Core.Results.Programs;

public class ProgramEnergyTests
{
    static readonly DomainEnergyRecord Gpu = new(
        EnergyDomain.Gpu, "gpu:a", new Joules(1000), new Joules(400), Method: EnergyMethod.Counter, UncertaintyJ: new Joules(3), BaselinePowerW: new Watts(60));

    static readonly DomainEnergyRecord Cpu = new(EnergyDomain.Cpu, "cpu:0", new Joules(100), Method: EnergyMethod.Estimated, UncertaintyJ: new Joules(200));

    [Fact]
    public void An_estimate_is_in_the_total_and_not_in_what_was_measured()
    {
        var energy = ProgramEnergy.Of([Gpu, Cpu], 10);

        Assert.Equal((new Joules(1100), EnergyMethod.Estimated, new Joules(203)), (energy.TotalEnergyJ!.Value, energy.TotalEnergyMethod!.Value, energy.TotalUncertaintyJ!.Value));
        Assert.Equal((new Joules(1000), new Joules(400), new Watts(60)), (energy.MeasuredEnergyJ!.Value, energy.AdjustedEnergyJ!.Value, energy.BaselinePowerW!.Value));
        Assert.Equal(new Watts(110), energy.TotalPowerW);
    }

    [Fact]
    public void A_device_that_was_lost_leaves_no_total()
    {
        var energy = ProgramEnergy.Of([Gpu with { RawJ = null }, Cpu], 10);

        Assert.Equal((null, null, "energy_unknown_of gpu:a"), (energy.TotalEnergyJ, energy.GpuEnergyJ, energy.Reason));
        Assert.Equal(new Joules(100), energy.CpuEnergyJ);
    }

    [Fact]
    public void Nothing_read_is_null_and_not_zero() => Assert.Equal((null, "no_energy_source"), (ProgramEnergy.Of([], 10).TotalEnergyJ, ProgramEnergy.Of([], 10).Reason));
}

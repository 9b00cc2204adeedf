using Lem.Core.Results;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class AdjustedEnergyTests
{
    static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    static DomainEnergy Gross(double joules, double uncertainty = 0, EnergyMethod method = EnergyMethod.Counter) => new(
        SimulatedSensor.Package with { Method = method }, new Joules(joules), method, "good", new Joules(uncertainty), null, null,
        new CounterEnergy(new Joules(joules), null, null, 100, null), new IntegralEnergy(null, null, null, false, null, "no_power"), []);

    static IdlePower Idle(double watts, double variance = 0) => new(SimulatedSensor.Package, new Watts(watts), variance, 500, 10, TimeSpan.FromSeconds(30), true, null);

    [Fact]
    public void Idle_power_times_the_window_is_taken_off()
        => Assert.Equal(new Joules(600), AdjustedEnergy.Of(Gross(1000), Idle(40), Window).Energy);

    [Fact]
    public void Uncertainties_of_energy_and_idle_add_as_variances()
    {
        // Standard deviations: 6 J of the energy (half of its 95 % width), 10 s × 0.8 W = 8 J of the idle.
        var adjusted = AdjustedEnergy.Of(Gross(1000, uncertainty: 12), Idle(40, variance: 0.64), Window);

        Assert.Equal(20, adjusted.Uncertainty!.Value.Value, 9);
    }

    [Fact]
    public void A_negative_value_stands_with_a_finding()
    {
        var adjusted = AdjustedEnergy.Of(Gross(300), Idle(40), Window);

        Assert.Equal(new Joules(-100), adjusted.Energy);
        Assert.Equal("adjusted_energy_negative", Assert.Single(adjusted.Findings).Code);
    }

    [Fact]
    public void A_negative_value_that_its_uncertainty_explains_is_no_doubt()
    {
        var adjusted = AdjustedEnergy.Of(Gross(399, uncertainty: 2), Idle(40), Window);

        Assert.Equal(new Joules(-1), adjusted.Energy);
        Assert.Empty(adjusted.Findings);
    }

    [Fact]
    public void From_an_estimate_nothing_is_subtracted()
        => Assert.Equal((null, "estimated_domain_has_no_idle"), Value(AdjustedEnergy.Of(Gross(1000, method: EnergyMethod.Estimated), Idle(40), Window)));

    [Fact]
    public void Without_a_baseline_there_is_a_reason_and_no_value()
        => Assert.Equal((null, "no_baseline"), Value(AdjustedEnergy.Of(Gross(1000), null, Window)));

    [Fact]
    public void Idle_that_moved_by_more_than_a_tenth_is_a_finding()
    {
        Assert.Equal("idle_drift", AdjustedEnergy.Drift(Idle(40), Idle(45))?.Code);
        Assert.Null(AdjustedEnergy.Drift(Idle(40), Idle(43)));
        Assert.Null(AdjustedEnergy.Drift(null, Idle(43)));
    }

    static (Joules?, string?) Value(AdjustedEnergy adjusted) => (adjusted.Energy, adjusted.Reason);
}

using Lem.Core.Statistics;
using Lem.Core.Statistics.Comparison;
using Xunit;

namespace Lem.Tests.Core.Statistics.Comparison;

public class ResolutionTests
{
    static readonly Spread Unit = new(1, 20);

    [Fact]
    public void Power_is_that_of_R() =>
        // power.t.test(n = 20, delta = 1, sd = 1): 0.8689528
        Assert.Equal(0.8689528, NoncentralT.Power(Math.Sqrt(10), 38, StudentTails.Quantile(0.05, 38)), 1e-6);

    [Fact]
    public void Without_a_difference_power_is_the_level() => Assert.Equal(0.05, NoncentralT.Power(0, 4, StudentTails.Quantile(0.05, 4)), 1e-6);

    [Theory]
    [InlineData(0.5, 64)] // Cohen 1988, table 2.4.1: d = 0.50, power 0.80, two-sided 0.05
    [InlineData(0.8, 26)]
    [InlineData(0.2, 394)]
    public void Cycles_are_those_of_Cohens_table(double difference, int cycles) =>
        Assert.Equal(cycles, Resolution.CyclesFor(new(difference, [Unit, Unit], EstimatedVariance.None)));

    [Fact]
    public void The_smallest_difference_and_the_cycles_for_it_belong_together()
    {
        var smallest = Resolution.SmallestDifference(new(0, [Unit, Unit], EstimatedVariance.None));

        Assert.Equal(20, Resolution.CyclesFor(new(smallest * 1.0001, [Unit, Unit], EstimatedVariance.None)));
        Assert.Equal(21, Resolution.CyclesFor(new(smallest * 0.9999, [Unit, Unit], EstimatedVariance.None)));
    }

    [Fact]
    public void No_number_of_cycles_gets_below_what_they_have_in_common() =>
        Assert.Null(Resolution.CyclesFor(new(0.5, [Unit, Unit], new EstimatedVariance(0.25))));

    [Fact]
    public void A_plan_is_told_what_a_simulation_of_it_finds()
    {
        const int cycles = 5, rounds = 4_000;
        const double cv = 0.03;
        var ratio = Resolution.SmallestRatio(cycles, cv);
        var random = new Random(7);
        var sigma = Math.Sqrt(Math.Log(1 + cv * cv));
        double[] Logs(double mean) => [.. Enumerable.Range(0, cycles).Select(_ => mean + sigma * EffectiveSampleSizeTests.Normal(random))];

        // Welch's own degrees are a little fewer than those of equal variances: a little less than 80 % are found.
        var found = Enumerable.Range(0, rounds).Count(_ => MeanDifference.Welch(Logs(0), Logs(Math.Log(ratio)))!.P < 0.05);

        Assert.InRange(found / (double)rounds, 0.76, 0.81);
    }

    [Fact]
    public void A_pilot_of_three_knows_its_spread_hardly_at_all()
    {
        // √(2/χ²): the 95 % interval of a standard deviation from three values is 0.52 … 6.28 times it.
        var (low, high) = Resolution.IntervalOfCv(0.01, 3);

        Assert.Equal(0.0052, low, 1e-4);
        Assert.Equal(0.0628, high, 1e-4);
    }
}

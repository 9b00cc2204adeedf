using Lem.Core.Metrics;
using Lem.Core.Units;
using Xunit;

namespace Lem.Tests.Core.Metrics;

public class EfficiencyTests
{
    [Fact]
    public void A_recorded_run_of_the_predecessor_gives_the_same_figures()
    {
        var energy = new Joules(228.03882500813023);

        Assert.Equal(0.3563106640752035, Efficiency.JoulesPer(energy, 640)!.Value, 1e-15);
        Assert.Equal(228.03882500813023 / 1920, Efficiency.JoulesPer(energy, 1920)!.Value, 1e-15);
        Assert.Equal(447.03498363466264, Efficiency.Rate(1920, 4.294965875800699)!.Value, 1e-10);
    }

    [Theory]
    [InlineData("fp32", 1.0)]
    [InlineData("bf16", 1.0)]
    [InlineData("mixed", 0.75)]
    [InlineData("int8", 0.5)]
    [InlineData("int4", 0.25)]
    [InlineData("ternary", null)]
    public void Precision_factors(string precision, double? factor) => Assert.Equal(factor, Efficiency.PrecisionFactor(precision));

    [Fact]
    public void The_token_efficiency_index_is_a_product() => Assert.Equal(50 * 2 * 0.5, Efficiency.TokenEfficiencyIndex(50, 2, 0.5));

    [Fact]
    public void Watts_per_token_per_second_are_joules_per_token() =>
        Assert.Equal(2, Efficiency.WattsPerTokenPerSecond(new Watts(100), 50));

    [Fact]
    public void A_kilowatt_hour_at_400_grams_and_a_pue_of_one_and_a_half_is_600_grams() =>
        Assert.Equal(0.6, Efficiency.EmissionsKg(new Joules(3.6e6), 400, 1.5)!.Value, 1e-15);

    [Fact]
    public void What_is_unknown_or_divided_by_nothing_is_null()
    {
        Assert.Null(Efficiency.JoulesPer(null, 5));
        Assert.Null(Efficiency.JoulesPer(new Joules(5), 0));
        Assert.Null(Efficiency.TokensPerJoule(5, Joules.Zero));
        Assert.Null(Efficiency.Rate(5, 0));
        Assert.Null(Efficiency.FlopsPerJoule(null, new Joules(1)));
        Assert.Null(Efficiency.TokenEfficiencyIndex(1, null, 1));
        Assert.Null(Efficiency.EmissionsKg(new Joules(1), null, 1));
    }
}

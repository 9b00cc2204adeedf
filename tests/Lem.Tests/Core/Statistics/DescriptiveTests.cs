using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class DescriptiveTests
{
    [Fact]
    public void Known_mean_deviation_and_variation()
    {
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];

        Assert.Equal(5, Descriptive.Mean(values));
        Assert.Equal(Math.Sqrt(32.0 / 7), Descriptive.StandardDeviation(values)!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(32.0 / 7) / 5, Descriptive.CoefficientOfVariation(values)!.Value, 1e-15);
        Assert.Equal(4.5, Descriptive.Median(values));
    }

    [Fact]
    public void What_a_sample_is_too_small_for_is_null()
    {
        Assert.Null(Descriptive.Mean([]));
        Assert.Null(Descriptive.Median([]));
        Assert.Null(Descriptive.StandardDeviation([1]));
        Assert.Null(Descriptive.CoefficientOfVariation([-1, 1]));
    }

    [Fact]
    public void The_variation_of_negative_values_is_positive() =>
        Assert.Equal(Math.Sqrt(2) / 2, Descriptive.CoefficientOfVariation([-1, -3])!.Value, 1e-15);

    [Fact]
    public void Sums_lose_nothing_to_rounding() => Assert.Equal(2, Descriptive.Sum([1, 1e100, 1, -1e100]));

    [Fact]
    public void The_mean_lies_between_the_extremes() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyArray<NormalFloat>>(),
                sample =>
                {
                    var values = sample.Get.Select(v => Math.IEEERemainder(v.Get, 1e9)).ToArray();
                    var slack = 1e-9 * values.Max(Math.Abs);
                    return Descriptive.Mean(values) >= values.Min() - slack && Descriptive.Mean(values) <= values.Max() + slack;
                })
            .QuickCheckThrowOnFailure();
}

using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics;
using Lem.Core.Statistics.Comparison;
using Xunit;

namespace Lem.Tests.Core.Statistics.Comparison;

/// <summary>Known answers: R's data set <c>sleep</c> (Student 1908), <c>t.test(extra ~ group)</c>, without and with <c>paired = TRUE</c>.</summary>
public class MeanDifferenceTests
{
    static readonly double[] First = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    static readonly double[] Second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void Welch_gives_what_R_gives()
    {
        var welch = MeanDifference.Welch(First, Second)!;

        Assert.Equal(1.58, welch.Estimate, 1e-12);
        Assert.Equal(17.776474, welch.Variance.DegreesOfFreedom, 1e-5);
        Assert.Equal(0.0793941, welch.P, 1e-6);
        Assert.Equal(-0.2054832, welch.Interval().Low, 1e-6);
        Assert.Equal(3.3654832, welch.Interval().High, 1e-6);
    }

    [Fact]
    public void Pairs_give_what_R_gives()
    {
        var paired = MeanDifference.Paired(First, Second)!;

        Assert.Equal(9, paired.Variance.DegreesOfFreedom, 1e-9);
        Assert.Equal(0.0028329, paired.P, 1e-6);
        Assert.Equal(0.7001142, paired.Interval().Low, 1e-6);
        Assert.Equal(2.4598858, paired.Interval().High, 1e-6);
    }

    [Fact]
    public void One_value_on_a_side_gives_nothing()
    {
        Assert.Null(MeanDifference.Welch([1], Second));
        Assert.Null(MeanDifference.Paired([1], [2]));
    }

    [Fact]
    public void What_a_side_has_in_common_does_not_shrink_with_more_values()
    {
        var shared = MeanDifference.Welch(First, Second, new EstimatedVariance(0.25))!;

        Assert.Equal(0.5, shared.With(1_000_000).StandardError, 1e-4);
        Assert.True(shared.P > MeanDifference.Welch(First, Second)!.P);
    }

    [Fact]
    public void Values_that_do_not_vary_are_told_from_those_that_do()
    {
        Assert.True(MeanDifference.Paired([1, 2, 3], [2, 3, 4])!.HasNoSpread);
        Assert.False(MeanDifference.Welch([1, 2, 3], [2, 3, 4])!.HasNoSpread);
    }

    [Fact]
    public void The_interval_excludes_zero_exactly_where_p_is_below_the_level() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(int, NonEmptyArray<short>)>(),
                input =>
                {
                    double[] first = [.. input.Item2.Get.Select(v => (double)v), 1];
                    double[] second = [.. first.Select((v, i) => v * 0.9 + input.Item1 % 1000 + i % 3)];
                    if (MeanDifference.Welch(first, second) is not { HasNoSpread: false } welch || Math.Abs(welch.P - 0.05) < 1e-9)
                        return true;
                    var (low, high) = welch.Interval();
                    return (low > 0 || high < 0) == welch.P < 0.05;
                })
            .QuickCheckThrowOnFailure();
}

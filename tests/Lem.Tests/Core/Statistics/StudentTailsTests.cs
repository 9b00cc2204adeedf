using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class StudentTailsTests
{
    [Theory]
    [InlineData(0.05, 1, 12.7062047362)]
    [InlineData(0.05, 9, 2.2621571629)]
    [InlineData(0.01, 5, 4.0321429836)]
    [InlineData(0.05, 17.776, 2.1028213)] // a fraction of a degree, as Welch's test has
    [InlineData(0.05, 1e9, 1.9599639845)]
    public void Known_quantiles(double outside, double degrees, double expected) =>
        Assert.Equal(expected, StudentTails.Quantile(outside, degrees), 1e-6);

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-12)]
    public void Far_tails_of_one_and_two_degrees_follow_their_closed_forms(double outside)
    {
        Assert.Equal(1, StudentTails.Quantile(outside, 1) * Math.Tan(Math.PI * outside / 2), 1e-9);
        Assert.Equal(1, StudentTails.Quantile(outside, 2) / (Math.Sqrt(2) * (1 - outside) / Math.Sqrt(outside * (2 - outside))), 1e-9);
    }

    [Theory]
    [InlineData(2.0, 10, 0.0733880348)]
    [InlineData(12.7062047362, 1, 0.05)]
    [InlineData(0, 3, 1)]
    [InlineData(1.9599639845, double.PositiveInfinity, 0.05)]
    public void Known_shares_outside(double t, double degrees, double expected) => Assert.Equal(expected, StudentTails.Outside(t, degrees), 1e-9);

    [Fact]
    public void Quantile_and_share_undo_each_other() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(PositiveInt, PositiveInt)>(),
                input =>
                {
                    var outside = 1.0 / (input.Item1.Get + 1);
                    var degrees = input.Item2.Get / 4.0;
                    return Math.Abs(StudentTails.Outside(StudentTails.Quantile(outside, degrees), degrees) / outside - 1) < 1e-8;
                })
            .QuickCheckThrowOnFailure();
}

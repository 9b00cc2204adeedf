using Lem.Core.Metrics.Phases;
using Xunit;

namespace Lem.Tests.Core.Metrics.Phases;

public class PhaseRegressionTests
{
    // 0.02 J for a prompt token, 0.3 J for a generated one, 60 W whatever is done, 5 J for each window.
    static double Truth(double input, double output, double seconds) => 0.02 * input + 0.3 * output + 60 * seconds + 5;

    [Fact]
    public void A_linear_truth_is_found_to_the_last_digit()
    {
        var (found, reason) = PhaseRegression.Of([.. Cells(noise: 0)]);

        Assert.Null(reason);
        Assert.NotNull(found);
        Assert.Equal(0.02, found.PerInputTokenJ.Value, 8);
        Assert.Equal(0.3, found.PerOutputTokenJ.Value, 8);
        Assert.Equal(60, found.IdleW.Value, 6);
        Assert.Equal(5, found.PerWindowJ.Value, 5);
        Assert.Equal(0, found.ResidualSd, 6);
    }

    [Fact]
    public void With_noise_the_intervals_hold_the_truth()
    {
        var (found, _) = PhaseRegression.Of([.. Cells(noise: 20)]);

        Assert.NotNull(found);
        Assert.True(found.PerInputTokenJ.Interval.Contains(0.02));
        Assert.True(found.PerOutputTokenJ.Interval.Contains(0.3));
        Assert.True(found.IdleW.Interval.Contains(60));
        Assert.InRange(found.ResidualSd, 8, 32);
    }

    [Fact]
    public void Time_that_nearly_follows_from_the_tokens_inflates_their_variance()
    {
        // 20 ms for each generated token, and hardly anything else.
        var random = new Random(3);
        var (found, _) = PhaseRegression.Of(
        [
            .. from input in (double[])[100, 1000, 4000]
               from output in (double[])[50, 400, 900, 1500]
               let seconds = 0.02 * output * (1 + 0.01 * random.NextDouble())
               select new PhaseCell(input, output, seconds, Truth(input, output, seconds)),
        ]);

        Assert.NotNull(found);
        Assert.False(found.PerOutputTokenJ.IsIdentified);
        Assert.False(found.IdleW.IsIdentified);
        Assert.True(found.PerInputTokenJ.IsIdentified);
    }

    [Fact]
    public void Independent_columns_have_no_inflation()
    {
        var (found, _) = PhaseRegression.Of(
        [
            .. from input in (double[])[-1, 1]
               from output in (double[])[-1, 1]
               from seconds in (double[])[-1, 1]
               select new PhaseCell(input, output, seconds, input + output + seconds),
        ]);

        Assert.NotNull(found);
        Assert.All([found.PerInputTokenJ, found.PerOutputTokenJ, found.IdleW], term => Assert.Equal(1, term.VarianceInflation, 9));
    }

    [Theory]
    [InlineData(4, "too_few_cells")]
    [InlineData(8, "columns_depend_on_each_other")]
    public void What_the_cells_do_not_tell_is_refused(int count, string reason) => Assert.Equal(
        reason,
        PhaseRegression.Of([.. Enumerable.Range(1, count).Select(i => new PhaseCell(10 * i, 5 * i, i, 7 * i))]).Reason);

    static IEnumerable<PhaseCell> Cells(double noise)
    {
        var random = new Random(7);
        return from input in (double[])[100, 800, 3000]
               from output in (double[])[20, 200, 600]
               from pause in (double[])[0, 4, 9]
               let seconds = 0.0005 * input + 0.02 * output + pause
               select new PhaseCell(input, output, seconds, Truth(input, output, seconds) + noise * (2 * random.NextDouble() - 1) * Math.Sqrt(3));
    }
}

using Lem.Core.Metrics.Phases;
using Xunit;

namespace Lem.Tests.Core.Metrics.Phases;

public class PhaseSplitTests
{
    [Fact]
    public void What_the_full_run_costs_beyond_one_token_is_decoding()
    {
        var split = PhaseSplit.Of([110, 112, 108], [30, 31, 29]);

        Assert.NotNull(split);
        Assert.Equal((30.0, 80.0, false), (split.PrefillJ, split.DecodeJ, split.IsConstrained));
        Assert.InRange(80.0, split.Decode.Interval?.Low ?? double.NaN, split.Decode.Interval?.High ?? double.NaN);

        // Welch by hand: variances 4/3 and 1/3, standard error 1.2910, 2.9412 degrees of freedom, t = 3.2195.
        Assert.Equal(80 - 4.156, split.Decode.Interval?.Low ?? double.NaN, 2);
    }

    [Fact]
    public void A_negative_decode_is_zero_and_says_so()
    {
        var split = PhaseSplit.Of([29, 30, 31], [31, 30.5, 32]);

        Assert.NotNull(split);
        Assert.True(split.IsConstrained);
        Assert.Equal((30.0, 0.0), (split.PrefillJ, split.DecodeJ));
        Assert.True(split.Decode.Interval?.Low == 0 && split.Decode.Interval.High > 0);
    }

    [Fact]
    public void One_cycle_has_a_difference_and_no_interval()
    {
        var split = PhaseSplit.Of([110], [30]);

        Assert.Equal(80, split?.DecodeJ);
        Assert.Equal("too_few_samples", split?.Decode.Reason);
        Assert.Null(PhaseSplit.Of([], [30]));
    }

    [Fact]
    public void Intervals_cover_the_truth_at_their_level()
    {
        var random = new Random(1);
        var hits = 0;
        for (var i = 0; i < 1000; i++)
        {
            var full = Draw(200, 4, 5);
            var one = Draw(60, 1, 3);
            hits += PhaseSplit.Of(full, one)?.Decode.Interval?.Contains(140) == true ? 1 : 0;
        }

        // 95 % of 1000 with three standard errors; Welch is a little conservative at few cycles.
        Assert.InRange(hits, 930, 980);

        double[] Draw(double mean, double sd, int count) =>
            [.. Enumerable.Range(0, count).Select(_ => mean + sd * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}

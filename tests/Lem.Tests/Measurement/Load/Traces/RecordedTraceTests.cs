using FsCheck;
using FsCheck.Fluent;
using Lem.Measurement.Load.Traces;
using Xunit;

namespace Lem.Tests.Measurement.Load.Traces;

public sealed class RecordedTraceTests
{
    static readonly RecordedTrace Trace = new("t", [.. Enumerable.Range(0, 20_000).Select(i => new TraceRow(TimeSpan.FromMilliseconds(i), 1 + (i % 100), 1))]);

    [Fact]
    public void A_share_of_the_rows_is_kept_without_bias()
    {
        var kept = Trace.Thin(0.3, 7).Rows;

        // Four standard deviations of a binomial law (√(n·p·q) = 64.8), and of the mean of those kept (28.9 / √6000).
        Assert.InRange(kept.Count, 6000 - 260, 6000 + 260);
        Assert.InRange(kept.Average(row => row.InputTokens), 50.5 - 1.5, 50.5 + 1.5);
        Assert.Equal(kept, Trace.Thin(0.3, 7).Rows);
        Assert.NotEqual(kept, Trace.Thin(0.3, 8).Rows);
    }

    [Fact]
    public void Everything_is_kept_as_it_is() => Assert.Same(Trace, Trace.Thin(1, 7));

    [Fact]
    public void What_a_smaller_share_keeps_a_larger_one_keeps_too() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<ulong>(),
            Gen.Choose(1, 999).Two().ToArbitrary(),
            (seed, shares) =>
            {
                var (less, more) = (Math.Min(shares.Item1, shares.Item2) / 1000.0, Math.Max(shares.Item1, shares.Item2) / 1000.0);
                return !Trace.Thin(less, seed).Rows.Except(Trace.Thin(more, seed).Rows).Any();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
}

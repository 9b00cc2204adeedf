using Lem.Core.Metrics.Steady;
using Xunit;

namespace Lem.Tests.Core.Metrics.Steady;

public class FullBatchesTests
{
    [Fact]
    public void All_but_the_last_batch_are_steady_where_only_the_last_is_not_full()
    {
        var span = FullBatches.Find([.. Batches(12, i => 100), new(12, 12.4, 30, IsFull: false)]);

        Assert.Equal(new SteadySpan("full_batches", 0, 12, null), span);
    }

    [Fact]
    public void The_longest_row_of_full_batches_counts()
    {
        var batches = Batches(20, i => 100).Select((batch, i) => batch with { IsFull = i != 6 }).ToList();

        Assert.Equal((7.0, 20.0), (FullBatches.Find(batches).StartS, FullBatches.Find(batches).EndS));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_speed_that_drifts_is_not_steady(int direction) =>
        Assert.Equal("speed_has_a_trend", FullBatches.Find([.. Batches(30, i => 100 + direction * i)]).Reason);

    [Fact]
    public void A_speed_that_alternates_is_steady() => Assert.Null(FullBatches.Find([.. Batches(40, i => 100 + i % 2 * 20)]).Reason);

    [Fact]
    public void Nine_batches_cannot_be_judged() =>
        Assert.Equal("fewer_than_ten_full_batches_in_a_row", FullBatches.Find([.. Batches(9, i => 100)]).Reason);

    [Fact]
    public void No_batches_have_no_steady_part() => Assert.NotNull(FullBatches.Find([]).Reason);

    static IEnumerable<BatchRun> Batches(int count, Func<int, long> tokens) =>
        Enumerable.Range(0, count).Select(i => new BatchRun(i, i + 1, tokens(i), IsFull: true));
}

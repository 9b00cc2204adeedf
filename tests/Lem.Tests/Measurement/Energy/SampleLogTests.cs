using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class SampleLogTests
{
    static SampleLog<int> Filled(int rows, int rowsPerChunk = 4, int maxChunks = 3)
    {
        var log = new SampleLog<int>(width: 2, rowsPerChunk, maxChunks);
        for (var row = 0; row < rows; row++)
        {
            var place = log.Next();
            (place[0], place[1]) = (row, -row);
            log.Publish();
            log.PrepareAhead();
        }

        return log;
    }

    [Fact]
    public void What_was_published_can_be_read()
    {
        var log = Filled(6);

        Assert.True(log.TryGet(5, 1, out var value));
        Assert.Equal(-5, value);
        Assert.False(log.TryGet(6, 0, out _));
    }

    [Fact]
    public void A_row_that_is_not_published_is_not_there()
    {
        var log = new SampleLog<int>(1, 4, 3);
        log.Next()[0] = 7;

        Assert.False(log.TryGet(0, 0, out _));
    }

    [Theory]
    [InlineData(11, 0)]
    [InlineData(12, 4)]
    [InlineData(100, 92)]
    public void The_oldest_chunks_go_at_the_bound_and_what_stays_is_right(int rows, int first)
    {
        var log = Filled(rows);

        Assert.Equal(first, log.FirstRow);
        for (var row = 0; row < rows; row++)
        {
            Assert.Equal(row >= first, log.TryGet(row, 0, out var value));
            Assert.Equal(row >= first ? row : 0, value);
        }
    }

    [Fact]
    public void Old_rows_are_folded_together_until_the_rest_fits()
    {
        var log = Filled(rows: 64 * 8, rowsPerChunk: 64, maxChunks: 100);

        log.FoldDownTo(maxValues: 2 * 300, keep: [], (rows, width, column) => rows[^(width - column)]);

        Assert.True(log.TryGet(3, 0, out var value, out var folded));
        Assert.Equal((7, 8), (value, folded));
        Assert.True(log.TryGet(505, 1, out value, out folded));
        Assert.Equal((-505, 1), (value, folded));
    }

    [Fact]
    public void Rows_that_are_kept_are_not_folded_nor_are_their_neighbours()
    {
        var log = Filled(rows: 64 * 8, rowsPerChunk: 64, maxChunks: 100);

        log.FoldDownTo(maxValues: 0, keep: [70], (rows, width, column) => rows[^(width - column)]);

        Assert.All((long[])[0, 70, 191], row => Assert.True(log.TryGet(row, 0, out var value, out var folded) && folded == 1 && value == row));
        Assert.True(log.TryGet(192, 0, out _, out var coarse));
        Assert.Equal(64, coarse);
    }

    [Fact]
    public void Writing_allocates_nothing_while_someone_prepares_ahead()
    {
        var log = new SampleLog<int>(2, 4096, 8);
        log.PrepareAhead();
        log.Next();
        log.Publish();

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var i = 0; i < 1_600; i++)
            {
                log.Next()[0] = i;
                log.Publish();
            }
        }));
    }
}

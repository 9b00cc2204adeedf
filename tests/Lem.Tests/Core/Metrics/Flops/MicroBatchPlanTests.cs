using Lem.Core.Metrics.Flops;
using Xunit;

namespace Lem.Tests.Core.Metrics.Flops;

public class MicroBatchPlanTests
{
    [Fact]
    public void One_sequence_is_cut_after_every_micro_batch_and_only_the_last_piece_has_an_output()
    {
        var (prefill, decode) = new MicroBatchPlan(2048, 512, IsUnified: true, 4096).Of([new(700, 3)]);

        Assert.Equal([new(512, 0, 512), new(188, 1, 768)], prefill);
        Assert.Equal([new(1, 1, 768), new(1, 1, 768)], decode);
    }

    [Fact]
    public void Sequences_of_their_own_cells_go_side_by_side_as_long_as_all_have_tokens()
    {
        var (prefill, _) = new MicroBatchPlan(2048, 512, IsUnified: false, 4096).Of([new(5, 1), new(300, 1)]);

        // Five of each, then the rest of the longer one.
        Assert.Equal([new(10, 1, 256), new(295, 1, 512)], prefill);
    }

    [Fact]
    public void In_a_unified_cache_everyone_looks_over_everyones_cells()
    {
        var (prefill, decode) = new MicroBatchPlan(2048, 512, IsUnified: true, 4096).Of([new(200, 2), new(200, 2)]);

        Assert.Equal([new(400, 2, 512)], prefill);
        Assert.Equal([new(2, 2, 512)], decode);
    }

    [Fact]
    public void A_row_that_ended_between_others_parts_them()
    {
        var (_, decode) = new MicroBatchPlan(2048, 512, IsUnified: false, 4096).Of([new(10, 3), new(10, 1), new(300, 3)]);

        Assert.Equal([new(1, 1, 256), new(1, 1, 512), new(1, 1, 256), new(1, 1, 512)], decode);
    }

    [Fact]
    public void A_call_that_is_full_ends_wherever_that_falls()
    {
        var (prefill, _) = new MicroBatchPlan(100, 100, IsUnified: true, 4096).Of([new(60, 1), new(60, 1)]);

        Assert.Equal([new(100, 1, 256), new(20, 1, 256)], prefill);
    }

    [Fact]
    public void No_rows_are_no_graphs() => Assert.Empty(new MicroBatchPlan(100, 100, IsUnified: false, 256).Of([]).Prefill);
}

using Lem.Measurement.Engines.LlamaCpp.Tracing;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Tracing;

public class NodeFlopsTests
{
    [Fact]
    public void A_product_costs_two_for_each_element_and_shared_column() =>
        Assert.Equal(2.0 * 7 * 5 * 3, NodeFlops.Of("MUL_MAT", new(5, 3), new(7, 5), new(7, 3), default));

    [Fact]
    public void Experts_cost_what_the_chosen_ones_do() =>
        // 2 of 4 experts [8, 10], 3 tokens: a result of [10, 2, 3].
        Assert.Equal(2.0 * 8 * 10 * 2 * 3, NodeFlops.Of("MUL_MAT_ID", new(10, 2, 3), new(8, 10, 4), new(8, 1, 3), new(2, 3)));

    [Fact]
    public void Attention_costs_scores_and_sums_of_every_query_and_cell() =>
        // Head width 16, 5 queries, 4 heads, 256 cells: 4·h_q per pair.
        Assert.Equal(4.0 * 64 * 5 * 256, NodeFlops.Of("FLASH_ATTN_EXT", new(16, 4, 5), new(16, 5, 4), new(16, 256, 2), new(16, 256, 2)));

    [Fact]
    public void An_outer_product_runs_along_the_rows() =>
        Assert.Equal(2.0 * 3 * 4 * 5, NodeFlops.Of("OUT_PROD", new(4, 5), new(4, 3), new(5, 3), default));

    [Theory]
    [InlineData("RMS_NORM", 0.0)]
    [InlineData("GET_ROWS", 0.0)]
    [InlineData("SSM_SCAN", null)]
    [InlineData("SOMETHING_NEW", null)]
    public void Small_work_counts_nothing_and_unknown_work_is_unknown(string operation, double? flop) =>
        Assert.Equal(flop, NodeFlops.Of(operation, new(5, 3), new(5, 3), default, default));

    [Fact]
    public void A_graphs_cost_is_found_from_five_counts()
    {
        var truth = new GraphCost(1000, 700, 32);

        Assert.Equal(truth, GraphCost.Find(call => (truth.FlopOf(call), null)).Cost);
    }

    [Fact]
    public void A_graph_of_another_form_has_no_such_cost()
    {
        var (cost, reason) = GraphCost.Find(call => (1000.0 * call.Tokens * call.Tokens + 700 * call.Outputs, null));

        Assert.Null(cost);
        Assert.Contains("not proportional", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_operation_is_named() =>
        Assert.Contains("SSM_SCAN", GraphCost.Find(_ => (null, "SSM_SCAN")).Reason, StringComparison.Ordinal);
}

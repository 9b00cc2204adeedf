using FsCheck;
using FsCheck.Fluent;
using Lem.Measurement.Load.Batching;
using Xunit;

namespace Lem.Tests.Measurement.Load.Batching;

public class BatchPlannerTests
{
    [Fact]
    public void Static_batches_take_prompts_in_order() =>
        Assert.Equal([[0, 1], [2, 3], [4]], BatchPlanner.Plan([9, 1, 8, 2, 7], new(MaxRows: 2)));

    [Fact]
    public void Sorted_batches_bring_like_lengths_together() =>
        Assert.Equal([[1, 3], [4, 2], [0]], BatchPlanner.Plan([9, 1, 8, 2, 7], new(MaxRows: 2, SortByLength: true)));

    [Fact]
    public void Dynamic_batches_are_full_when_their_rectangle_is() =>
        Assert.Equal([[0, 1, 2], [3], [4]], BatchPlanner.Plan([10, 4, 4, 30, 5], new(MaxRows: 8, MaxTokens: 30)));

    [Fact]
    public void A_prompt_longer_than_the_limit_is_a_batch_of_its_own() =>
        Assert.Equal([[0], [1], [2]], BatchPlanner.Plan([5, 100, 5], new(MaxRows: 8, MaxTokens: 30)));

    [Fact]
    public void Every_prompt_stands_in_exactly_one_batch_that_keeps_its_limits() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(PositiveInt[] Lengths, PositiveInt Rows, PositiveInt Tokens, bool Sort)>(), c =>
        {
            var lengths = c.Lengths.Select(l => l.Get).ToArray();
            var batches = BatchPlanner.Plan(lengths, new(c.Rows.Get, c.Tokens.Get, c.Sort));
            return batches.SelectMany(b => b).Order().SequenceEqual(Enumerable.Range(0, lengths.Length))
                && batches.All(b => b.Count <= c.Rows.Get && (b.Count == 1 || b.Count * b.Max(i => lengths[i]) <= c.Tokens.Get));
        }).QuickCheckThrowOnFailure();
}

using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics.Comparison;
using Xunit;

namespace Lem.Tests.Core.Statistics.Comparison;

public class PermutationTestTests
{
    [Fact]
    public void Fishers_own_example_Darwins_maize() =>
        // The Design of Experiments, §21: 863 of the 32,768 patterns reach a sum of 314 or more.
        Assert.Equal(2 * 863 / 32_768.0, PermutationTest.OfDifferences([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48])!.Value, 1e-12);

    [Fact]
    public void Samples_that_do_not_overlap_reach_the_smallest_p()
    {
        Assert.Equal(0.10, PermutationTest.OfSamples([1, 2, 3], [4, 5, 6])!.Value, 1e-12);
        Assert.Equal(0.10, PermutationTest.SmallestOfSamples(3, 3), 1e-12);
        Assert.Equal(0.25, PermutationTest.SmallestOfPairs(3));
        Assert.Equal(0.25, PermutationTest.OfDifferences([0.1, 0.2, 0.3]));
    }

    [Fact]
    public void Equal_values_cannot_differ() => Assert.Equal(1, PermutationTest.OfSamples([2, 2, 2], [2, 2, 2]));

    [Fact]
    public void Too_many_arrangements_are_not_tried()
    {
        double[] many = [.. Enumerable.Range(0, 23)];

        Assert.Null(PermutationTest.OfDifferences(many));
        Assert.Null(PermutationTest.OfSamples(many, many));
    }

    [Fact]
    public void The_sides_may_be_named_either_way_round_and_moved_together() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(short[], short[], short)>(),
                input =>
                {
                    double[] first = [.. input.Item1.Take(5).Select(v => v / 7.0), 1], second = [.. input.Item2.Take(6).Select(v => v / 7.0), 2];
                    var p = PermutationTest.OfSamples(first, second);
                    return p is > 0 and <= 1
                        && p == PermutationTest.OfSamples(second, first)
                        && p == PermutationTest.OfSamples([.. first.Select(v => v + input.Item3)], [.. second.Select(v => v + input.Item3)]);
                })
            .QuickCheckThrowOnFailure();
}

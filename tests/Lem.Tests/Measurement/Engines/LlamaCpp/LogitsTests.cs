using FsCheck;
using FsCheck.Fluent;
using Lem.Measurement.Engines.LlamaCpp;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

public sealed class LogitsTests
{
    [Fact]
    public void The_greatest_is_found_wherever_it_stands() =>
        Prop.ForAll<int, int>((length, place) =>
        {
            var logits = Enumerable.Range(0, 1 + Math.Abs(length % 100)).Select(i => -1f - i * 37 % 11).ToArray();
            var expected = Math.Abs(place % logits.Length);
            logits[expected] = 0.5f;
            return Logits.IndexOfMax(logits) == expected;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Of_equals_the_first_is_taken(int second)
    {
        var logits = new float[50];
        (logits[2], logits[second]) = (7, 7);

        Assert.Equal(2, Logits.IndexOfMax(logits));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(33)]
    public void Scores_that_are_no_numbers_have_no_greatest(int place)
    {
        var logits = Enumerable.Range(0, 34).Select(i => (float)i).ToArray();
        logits[place] = float.NaN;

        Assert.Equal(-1, Logits.IndexOfMax(logits));
    }

    [Fact]
    public void Forbidden_tokens_are_never_the_greatest() =>
        Assert.Equal(1, Logits.IndexOfMax([float.NegativeInfinity, -1e30f, float.NegativeInfinity]));

    [Fact]
    public void The_gap_is_between_the_two_best() => Assert.Equal(0.25f, Logits.TopGap([1, 3, 2.75f, -9]));

    [Fact]
    public void Two_equal_best_have_no_gap() => Assert.Equal(0, Logits.TopGap([3, 1, 3]));
}

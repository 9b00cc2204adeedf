using Lem.Core;
using Lem.Measurement.Load.Prompts;
using Xunit;

namespace Lem.Tests.Measurement.Load.Prompts;

public class PromptSetTests
{
    static readonly IReadOnlyList<Prompt> Ten = [.. Enumerable.Range(0, 10).Select(i => new Prompt($"prompt {i}"))];

    [Fact]
    public void Warm_up_draws_from_the_end_of_the_set_and_never_on_measured_prompts()
    {
        var set = PromptSet.Take("test", Ten, 7);

        Assert.Equal(["prompt 9", "prompt 8", "prompt 7"], set.Spare.Select(p => p.Text));
        Assert.Empty(set.Measured.Intersect(set.Spare));
    }

    [Fact]
    public void Fewer_prompts_than_asked_for_is_an_error()
    {
        var error = Assert.Throws<LemException>(() => PromptSet.Take("test", Ten, 11));

        Assert.Equal("test holds 10 prompts, but 11 were asked for", error.Message);
    }

    [Fact]
    public void Equal_prompts_in_another_order_have_another_hash()
    {
        var straight = PromptSet.Take("a", Ten, null);
        var turned = PromptSet.Take("a", [.. Ten.Reverse()], null);

        Assert.Equal(straight.Hash(), PromptSet.Take("b", Ten, null).Hash());
        Assert.NotEqual(straight.Hash(), turned.Hash());
    }

    [Fact]
    public void Shuffling_keeps_the_prompts_and_repeats_with_its_seed()
    {
        var shuffled = PromptShuffle.Of(Ten, 42);

        Assert.Equal(Ten.OrderBy(p => p.Text), shuffled.OrderBy(p => p.Text));
        Assert.Equal(shuffled, PromptShuffle.Of(Ten, 42));
        Assert.NotEqual(shuffled, PromptShuffle.Of(Ten, 43));
    }

    [Fact]
    public void Rows_are_drawn_each_once_and_the_same_on_every_machine()
    {
        Assert.Equal([741, 160, 280, 346, 41, 868, 223, 802], PromptShuffle.Draw(1000, 42).Take(8));
        Assert.Equal(Enumerable.Range(0, 1000), PromptShuffle.Draw(1000, 42).Order());
        Assert.NotEqual(PromptShuffle.Draw(1000, 42).Take(8), PromptShuffle.Draw(1000, 43).Take(8));
        Assert.Empty(PromptShuffle.Draw(0, 42));
    }

    [Fact]
    public void Every_row_is_drawn_as_the_fourth_as_often_as_any_other()
    {
        // 20,000 seeds over 10 rows: 2,000 each, with a standard deviation of √(20,000 · 0.1 · 0.9) = 42.4.
        var counts = Enumerable.Range(0, 20_000).Select(seed => PromptShuffle.Draw(10, (ulong)seed).ElementAt(3)).CountBy(row => row).ToList();

        Assert.Equal(10, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 2000 - 4 * 42.4, 2000 + 4 * 42.4));
    }
}

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
        var shuffled = PromptOrder.Shuffle(Ten, 42);

        Assert.Equal(Ten.OrderBy(p => p.Text), shuffled.OrderBy(p => p.Text));
        Assert.Equal(shuffled, PromptOrder.Shuffle(Ten, 42));
        Assert.NotEqual(shuffled, PromptOrder.Shuffle(Ten, 43));
    }
}

using Lem.Measurement.Engines.LlamaCpp;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

public sealed class ContextPlanTests
{
    [Theory]
    [InlineData(1, 640, 768)]
    [InlineData(8, 640, 8 * 768)]
    [InlineData(4, 256, 4 * 256)]
    [InlineData(1, 1, 256)]
    public void Every_row_has_room_for_the_longest_request_in_whole_blocks(int rows, int tokensPerRequest, int tokens) =>
        Assert.Equal(tokens, ContextPlan.Tokens(new LlamaCppOptions("m.gguf", rows, tokensPerRequest), trainedContext: 4096));

    [Fact]
    public void What_was_asked_for_is_taken() =>
        Assert.Equal(1000, ContextPlan.Tokens(new LlamaCppOptions("m.gguf", 8, 640, ContextTokens: 1000), trainedContext: 4096));

    [Fact]
    public void Without_a_longest_request_each_row_has_what_the_model_was_trained_for() =>
        Assert.Equal(2 * 4096, ContextPlan.Tokens(new LlamaCppOptions("m.gguf", 2), trainedContext: 4096));

    [Fact]
    public void A_context_beyond_what_can_be_counted_is_cut_and_not_negative() =>
        Assert.Equal(int.MaxValue, ContextPlan.Tokens(new LlamaCppOptions("m.gguf", 256), trainedContext: 1 << 30));
}

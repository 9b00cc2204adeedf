using Lem.Core;
using Lem.Measurement.Experiments;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

public sealed class PromptTokensTests
{
    static readonly Prompt Long = new("a text of more than eight characters");

    [Fact]
    public async Task A_prompt_that_must_be_cut_never_goes_out_whole_where_nothing_makes_texts_of_tokens()
    {
        var error = await Assert.ThrowsAsync<LemException>(() => OfAsync(Engine(detokenizes: false), takesText: true, 8, Long));

        Assert.Equal(
            "prompt 3 has 37 tokens, more than max_input_tokens (8), and cannot be cut: this server takes texts here and makes none of tokens", error.Message);
        Assert.Contains("server.endpoint=completions", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Neither_does_one_of_an_exact_length(bool inBlocks)
    {
        Prompt prompt = inBlocks ? new BlockPrompt([new(1, 10, IsShared: true), new(2, 10, IsShared: false)]) : Long with { InputTokens = 20 };

        var error = await Assert.ThrowsAsync<LemException>(() => OfAsync(Engine(detokenizes: false), takesText: true, 512, prompt));

        Assert.StartsWith("prompt 3 is to have exactly 20 tokens", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "prompt 3 has 20 tokens, more than max_input_tokens (8)",
            (await Assert.ThrowsAsync<LemException>(() => OfAsync(Engine(detokenizes: false), takesText: true, 8, prompt))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_short_enough_needs_no_cutting() =>
        Assert.Equal(Long.Text, (await OfAsync(Engine(detokenizes: false), takesText: true, 37, Long)).Text);

    [Fact]
    public async Task A_cut_prompt_goes_as_text_or_as_tokens_as_the_engine_takes_it()
    {
        Assert.Equal("a text ", (await OfAsync(Engine(), takesText: true, 8, Long)).Text);
        var tokens = await OfAsync(Engine(detokenizes: false), takesText: false, 8, Long);
        Assert.Equal((8, null), (tokens.Tokens.Count, tokens.Text));
    }

    [Fact]
    public async Task Without_a_tokenizer_texts_go_out_whole_in_warm_up_too_and_none_that_may_be_too_long()
    {
        var engine = new SteadyEngine(new ManualClock(), TimeSpan.Zero, TimeSpan.Zero) { Tokenizer = null };
        var prompts = new PromptTokens(engine, takesText: false, 8, TimeProvider.System);

        Assert.Equal("short", (await prompts.OfAsync(0, new("short"), TestContext.Current.CancellationToken)).Text);
        Assert.Contains(
            "has no tokenizer to cut it with",
            (await Assert.ThrowsAsync<LemException>(() => OfAsync(engine, takesText: false, 8, Long))).Message, StringComparison.Ordinal);
        Assert.All(
            await prompts.PoolAsync([Long, new("spare")], 0, wanted: 3, seed: 1, TestContext.Current.CancellationToken),
            prompt => Assert.InRange(prompt.Text?.Length ?? 0, 1, 16));
    }

    static Task<TokenizedPrompt> OfAsync(SteadyEngine engine, bool takesText, int? maxTokens, Prompt prompt) =>
        new PromptTokens(engine, takesText, maxTokens, TimeProvider.System).OfAsync(3, prompt, TestContext.Current.CancellationToken);

    static SteadyEngine Engine(bool detokenizes = true) => new(new ManualClock(), TimeSpan.Zero, TimeSpan.Zero) { Detokenizes = detokenizes };
}

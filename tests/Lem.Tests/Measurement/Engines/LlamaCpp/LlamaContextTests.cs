using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

[Collection("llama.cpp")]
public sealed class LlamaContextTests(LlamaParts parts)
{
    [Fact]
    public void A_prefill_can_be_interrupted_and_the_context_goes_on_afterwards()
    {
        LlamaParts.Require();
        using var model = LlamaModel.Load(LlamaLibrary.Load(), Options(), CancellationToken.None);
        using var context = LlamaContext.Create(LlamaLibrary.Load(), model, Options(), threads: 1);
        using var buffer = new BatchBuffer(context.BatchTokens);
        for (var i = 0; i < 200; i++)
            buffer.Add(5, i, sequence: 0, wantsLogits: i == 199);

        using (context.InterruptBy(new CancellationToken(canceled: true)))
            Assert.Equal(DecodeStatus.Cancelled, context.Decode(buffer));

        context.Clear(wipe: false);
        Assert.Equal(DecodeStatus.Done, context.Decode(buffer));
    }

    [Fact]
    public void A_cache_without_room_says_so_and_does_not_crash()
    {
        LlamaParts.Require();
        using var model = LlamaModel.Load(LlamaLibrary.Load(), Options(), CancellationToken.None);
        using var context = LlamaContext.Create(LlamaLibrary.Load(), model, Options() with { ContextTokens = 256, BatchTokens = 512 }, threads: 1);
        using var buffer = new BatchBuffer(200);

        Assert.Equal(DecodeStatus.Done, Fill(0));
        Assert.Equal(DecodeStatus.NoRoom, Fill(200));

        DecodeStatus Fill(int from)
        {
            buffer.Clear();
            for (var i = 0; i < 200; i++)
                buffer.Add(5, from + i, sequence: 0, wantsLogits: i == 199);
            return context.Decode(buffer);
        }
    }

    [Theory]
    [InlineData(0, 512, "batches of 1 to 256")]
    [InlineData(257, 512, "batches of 1 to 256")]
    [InlineData(64, 32, "llamacpp.n_batch is 32")]
    public void A_batch_that_cannot_run_is_refused_before_anything_is_made(int rows, int batchTokens, string message)
    {
        LlamaParts.Require();
        using var model = LlamaModel.Load(LlamaLibrary.Load(), Options(), CancellationToken.None);

        var failure = Assert.Throws<LemException>(() => LlamaContext.Create(
            LlamaLibrary.Load(), model, Options() with { MaxBatch = rows, BatchTokens = batchTokens }, threads: 1));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_contradicts_itself_is_refused_in_llama_cpp_own_words()
    {
        LlamaParts.Require();
        using var model = LlamaModel.Load(LlamaLibrary.Load(), Options(), CancellationToken.None);

        var failure = Assert.Throws<LemException>(() => LlamaContext.Create(
            LlamaLibrary.Load(), model, Options() with { ValueType = "q8_0", FlashAttention = "off" }, threads: 1));

        Assert.Contains("V cache", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loading_a_model_can_be_cancelled()
    {
        LlamaParts.Require();

        Assert.ThrowsAny<OperationCanceledException>(() => LlamaModel.Load(LlamaLibrary.Load(), Options(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Own_choice_of_the_greatest_logit_is_llama_cpp_greedy_sampler()
    {
        LlamaParts.Require();
        using var model = LlamaModel.Load(LlamaLibrary.Load(), Options(), CancellationToken.None);
        using var context = LlamaContext.Create(LlamaLibrary.Load(), model, Options(), threads: 1);
        using var buffer = new BatchBuffer(64);
        var greedy = LlamaSamplerNative.InitGreedy();
        for (var i = 0; i < 64; i++)
            buffer.Add(3 + i * 5 % 256, i, sequence: 0, wantsLogits: true);
        context.Decode(buffer);

        Assert.All(Enumerable.Range(0, 64), i =>
            Assert.Equal(LlamaSamplerNative.Sample(greedy, context.Handle, i), Logits.IndexOfMax(context.Logits(i))));
        LlamaSamplerNative.Free(greedy);
    }

    LlamaCppOptions Options() => new(parts.Model(), MaxBatch: 1, TokensPerRequest: 512, Threads: 1);
}

using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Metrics.Flops;
using Xunit;

namespace Lem.Tests.Core.Metrics.Flops;

public class FlopsEstimatorTests
{
    // One layer, h = h_q = 8, h_kv = 4, inter = 10 gated, vocab 100: 2·(64 + 2·32 + 64) + 2·3·80 = 864 linear, head 1600, attention 4·8 = 32 per pair.
    static readonly ModelArchitecture Small = new("test", 8, 100, [new TransformerLayer(2, 1, 4, 10)]);

    static readonly ExecutionShape Exact = new(PadsRows: false);

    [Fact]
    public void Three_tokens_in_and_two_out_by_hand()
    {
        var estimate = Alone(Small, Exact, new RequestTokens(3, 2));

        Assert.Equal(3 * 864 + 1600 + 32 * (1 + 2 + 3), estimate.Prefill.Useful);
        Assert.Equal(864 + 1600 + 32 * 4, estimate.Decode.Useful);
        Assert.Equal(estimate.Prefill.Useful + estimate.Decode.Useful, estimate.Useful);
        Assert.Equal(estimate.Useful / 5, estimate.UsefulPerToken);
        Assert.Equal((FlopsMethod.Architecture, FlopsConfidence.Medium), (estimate.Method, estimate.Confidence));
    }

    [Fact]
    public void Executed_attention_is_a_rectangle()
    {
        var estimate = Alone(Small, Exact, new RequestTokens(3, 2));

        Assert.Equal(3 * 864 + 1600 + 32 * 3 * 3, estimate.Prefill.Executed);
        Assert.Equal(estimate.Decode.Useful, estimate.Decode.Executed); // One query over four keys is a rectangle already.
    }

    [Fact]
    public void A_padded_cache_is_executed_whole()
    {
        var estimate = Alone(Small, ExecutionShape.LlamaCpp(microBatchTokens: 512), new RequestTokens(3, 2));

        // Two of the three prompt tokens give no logits and end before the last feed-forward block of 2·3·80.
        Assert.Equal(3 * 864 - 2 * 480 + 1600 + 32 * 3 * 256, estimate.Prefill.Executed);
        Assert.Equal(864 + 1600 + 32 * 256, estimate.Decode.Executed);
    }

    [Fact]
    public void A_prompt_in_pieces_executes_a_staircase()
    {
        var estimate = Alone(Small, new ExecutionShape(PrefillChunkTokens: 2, PadsRows: false), new RequestTokens(5, 0));

        Assert.Equal(5 * 864 + 32 * (2 * 2 + 2 * 4 + 1 * 5), estimate.Executed);
    }

    [Fact]
    public void A_static_batch_pads_prompts_and_runs_finished_rows_on()
    {
        var estimate = FlopsEstimator.ByArchitecture(Small, [[new(3, 1), new(1, 3)]], ExecutionShape.StaticBatches);

        Assert.Equal(2 * (3 * 864 + 1600 + 32 * 9), estimate.Prefill.Executed);
        Assert.Equal(2 * (864 + 1600 + 32 * 4) + 2 * (864 + 1600 + 32 * 5), estimate.Decode.Executed);
        Assert.Equal(3 * 864 + 1600 + 32 * 6 + 864 + 1600 + 32, estimate.Prefill.Useful);
        Assert.Equal(2 * (864 + 1600) + 32 * (2 + 3), estimate.Decode.Useful);
    }

    [Fact]
    public void An_unpadded_batch_drops_rows_that_ended()
    {
        var estimate = FlopsEstimator.ByArchitecture(Small, [[new(3, 1), new(1, 3)]], Exact);

        Assert.Equal(estimate.Decode.Useful, estimate.Decode.Executed);
    }

    [Fact]
    public void A_sliding_window_bounds_the_useful_context_and_not_the_rectangle()
    {
        var windowed = Small with { Decoder = [Small.Decoder[0] with { SlidingWindow = 2 }] };

        var estimate = Alone(windowed, Exact, new RequestTokens(4, 2));

        Assert.Equal(4 * 864 + 1600 + 32 * (1 + 2 + 2 + 2), estimate.Prefill.Useful);
        Assert.Equal(864 + 1600 + 32 * 2, estimate.Decode.Useful);
        Assert.Equal(864 + 1600 + 32 * 5, estimate.Decode.Executed);
    }

    [Fact]
    public void Beyond_its_window_gemma_2_looks_back_4096_tokens_in_every_second_layer()
    {
        // One token at position 8191: 13 layers see 4096 tokens, 13 all 8192, at 4·h_q = 4·2048 for each pair.
        var estimate = Alone(KnownModels.Gemma2, Exact, new RequestTokens(8191, 2));

        Assert.Equal(4_048_551_936.0 + 1_179_648_000 + 13.0 * 4 * 2048 * (4096 + 8192), estimate.Decode.Useful);
    }

    [Fact]
    public void Cached_input_is_seen_but_not_computed()
    {
        var estimate = Alone(Small, Exact, new RequestTokens(5, 1, CachedInput: 3));

        Assert.Equal(2 * 864 + 1600 + 32 * (4 + 5), estimate.Prefill.Useful);
        Assert.Equal(2 * 864 + 1600 + 32 * 2 * 5, estimate.Prefill.Executed);
    }

    [Fact]
    public void An_encoder_decoder_encodes_once_and_crosses_at_each_step()
    {
        var layer = new TransformerLayer(2, 2, 4, 10, Gated: false);
        var model = new ModelArchitecture("t5", 8, 100, [layer], Encoder: [layer]);
        const double encoder = 2 * (4 * 64 + 2 * 80);
        const double crossKeysAndValues = 2 * 2 * 64;
        const double decoder = 2 * (4 * 64 + 2 * 64 + 2 * 80);

        var estimate = Alone(model, Exact, new RequestTokens(3, 2));

        Assert.Equal(3 * (encoder + crossKeysAndValues) + 32 * 9 + decoder + 1600 + 32 * (1 + 3), estimate.Prefill.Useful);
        Assert.Equal(decoder + 1600 + 32 * (2 + 3), estimate.Decode.Useful);
        Assert.Equal(estimate.Useful, estimate.Executed);
    }

    [Fact]
    public void Nothing_in_and_nothing_out_is_no_work()
    {
        var estimate = Alone(Small, ExecutionShape.StaticBatches, new RequestTokens(0, 0));

        Assert.Equal((0d, 0d, null), (estimate.Useful, estimate.Executed, estimate.UsefulPerToken));
        Assert.Equal(0, FlopsEstimator.ByArchitecture(Small, [[]], ExecutionShape.StaticBatches).Useful);
    }

    [Fact]
    public void By_parameters_counts_two_per_parameter_and_the_head()
    {
        var counts = new ParameterCounts(2000, 800, 1200, 1000);

        var estimate = FlopsEstimator.ByParameters(counts, 8, 100, [[new(3, 2)]], Exact, "no dimensions");

        Assert.Equal(4 * 2 * 1000 + 2 * 1600, estimate.Useful);
        Assert.Equal((FlopsMethod.Parameters, FlopsConfidence.Low, "no dimensions"), (estimate.Method, estimate.Confidence, estimate.Reason));
    }

    [Fact]
    public void By_parameters_without_a_vocabulary_says_what_is_missing()
    {
        var estimate = FlopsEstimator.ByParameters(new(2000, 800, 1200, 1200), null, null, [[new(3, 2)]], Exact, "no dimensions");

        Assert.Equal(4 * 2 * 1200, estimate.Useful);
        Assert.Contains("the head is left out", estimate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Executed_is_never_below_useful_and_parts_make_the_whole()
    {
        var request = Gen.Choose(0, 700).Zip(Gen.Choose(0, 40)).Select(pair => new RequestTokens(pair.Item1, pair.Item2));
        var workload = Gen.ArrayOf(request).Zip(Gen.Elements(Exact, ExecutionShape.StaticBatches, ExecutionShape.LlamaCpp(64) with { EndsAtOutputs = false }, new ExecutionShape(32, 7)));
        ModelArchitecture[] models = [Small, KnownModels.Gemma2, KnownModels.Mixtral, KnownModels.T5];

        Prop.ForAll(workload.ToArbitrary(), given => models.All(model =>
        {
            var whole = FlopsEstimator.ByArchitecture(model, [given.Item1], given.Item2);
            var alone = given.Item1.Sum(one => Alone(model, given.Item2, one).Useful);
            return whole.Executed >= whole.Useful * (1 - 1e-12)
                && whole.Prefill.Useful + whole.Decode.Useful == whole.Useful
                && Math.Abs(alone - whole.Useful) <= 1e-9 * whole.Useful;
        })).QuickCheckThrowOnFailure();
    }

    static FlopsEstimate Alone(ModelArchitecture model, ExecutionShape execution, RequestTokens request) =>
        FlopsEstimator.ByArchitecture(model, [[request]], execution);
}

using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Lem.Measurement.Engines.LlamaCpp.Tracing;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Tracing;

[Collection("llama.cpp")]
public sealed class FlopsTracerTests(LlamaParts parts)
{
    const string Dense = "llama?layers=3&hidden=96&heads=4&ffn=256&vocab=300";
    const string Grouped = "qwen2?layers=2&hidden=96&heads=6&kv_heads=2&ffn=160&vocab=1000";

    /// <summary>Models, batches as (input, output) tokens, and options of the engine.</summary>
    public static TheoryData<string, string, string> Runs => new()
    {
        { "tiny", "20:8", "" },
        { "tiny", "700:30 300:5", "" },
        { "tiny", "5:40 60:3 300:12 9:40", "" },
        { "tiny", "5:40 60:3 300:12 9:40", "unified" },
        { "tiny", "5:40 60:3 300:12 9:40", "flash off" },
        { "tiny", "90:12 40:12 70:12", "small pieces" },
        { Dense, "250:20 250:20", "" },
        { Grouped, "33:1 500:20", "" },
        { "mixture", "40:10 300:10", "" },
        { "plain", "40:10 300:10", "" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task What_is_traced_is_what_a_counted_run_of_the_same_batch_executes(string model, string batch, string options)
    {
        LlamaParts.Require();
        var requests = Requests(batch);
        await using var engine = await parts.LoadedAsync(Options(model, options));

        var traced = await engine.TraceFlopsAsync([Executed(requests)], TestContext.Current.CancellationToken);

        Assert.Null(traced.Reason);
        Assert.Equal(CountedRun(model, options, requests), (traced.Prefill, traced.Decode));
    }

    [Theory]
    [InlineData("tiny", "20:8")]
    [InlineData("tiny", "700:30 300:5")]
    [InlineData(Dense, "250:20 250:20")]
    [InlineData(Dense, "1200:4")]
    [InlineData(Grouped, "33:1 500:20")]
    [InlineData("mixture", "40:10 300:10")]
    [InlineData("plain", "40:10 300:10")]
    public async Task Traced_and_closed_form_agree(string model, string batch)
    {
        LlamaParts.Require();
        var requests = Requests(batch);
        await using var engine = await parts.LoadedAsync(Options(model, ""));
        var description = new EngineFacts(engine);

        var traced = await engine.TraceFlopsAsync([Executed(requests)], TestContext.Current.CancellationToken);

        var closed = FlopsEstimator.ByArchitecture(description.Architecture, [Executed(requests)], description.Execution);
        Assert.Equal(closed.Prefill.Executed, traced.Prefill.GetValueOrDefault(), 1e-9 * closed.Prefill.Executed);
        Assert.Equal(closed.Decode.Executed, traced.Decode.GetValueOrDefault(), 1e-9 * closed.Decode.Executed);
    }

    [Fact]
    public async Task Tracing_again_adds_up_batches_and_leaves_the_engine_as_it_was()
    {
        LlamaParts.Require();
        var requests = Requests("20:8 9:4");
        await using var engine = await parts.LoadedAsync(Options("tiny", ""));
        var before = await LlamaParts.TokensAsync(engine, requests);

        var once = await engine.TraceFlopsAsync([Executed(requests)], TestContext.Current.CancellationToken);
        var twice = await engine.TraceFlopsAsync([Executed(requests), Executed(requests)], TestContext.Current.CancellationToken);

        Assert.Equal((2 * once.Prefill, 2 * once.Decode), (twice.Prefill, twice.Decode));
        Assert.Equal(before, await LlamaParts.TokensAsync(engine, requests));
    }

    [Fact]
    public void This_build_lays_out_its_tensors_as_declared()
    {
        LlamaParts.Require();

        Assert.Null(GgmlTensorLayout.Difference());
    }

    sealed record EngineFacts(ModelArchitecture Architecture, ExecutionShape Execution)
    {
        public EngineFacts(LlamaCppEngine engine)
            : this(
                GgufModelFacts.From(engine.Loaded.File).Architecture ?? throw new InvalidOperationException(),
                ExecutionShape.LlamaCpp(engine.Loaded.Context.MicroBatches))
        {
        }
    }

    // The batch as the engine runs it, in a context of the same parameters of which every node is counted.
    (double?, double?) CountedRun(string model, string options, GenerationRequest[] requests)
    {
        var (library, settings) = (LlamaLibrary.Load(), Options(model, options));
        using var counter = new GraphCounter();
        using var weights = LlamaModel.Load(library, settings, CancellationToken.None);
        using var context = LlamaContext.Create(library, weights, settings, threads: 1, counter);
        using var buffer = new BatchBuffer(context.BatchTokens);
        using var batch = new StaticBatch(context, buffer, requests, TimeProvider.System);
        double? prefill = null;
        counter.Count();
        while (batch.Advance(TestContext.Current.CancellationToken))
        {
            for (var i = 0; i < batch.EventCount; i++)
                if (batch.Event(i).Kind == TokenEventKind.PrefillEnded)
                    prefill = counter.Flop;
        }

        return (prefill, counter.Flop - prefill);
    }

    LlamaCppOptions Options(string model, string options)
    {
        var basis = new LlamaCppOptions(Path(model), MaxBatch: 4, TokensPerRequest: 1280, Threads: 1);
        return options switch
        {
            "unified" => basis with { KvUnified = true },
            "flash off" => basis with { FlashAttention = "off" },
            "small pieces" => basis with { BatchTokens = 100, MicroBatchTokens = 32 },
            _ => basis,
        };
    }

    string Path(string model)
    {
        var path = System.IO.Path.Combine(parts.Folder, $"{model.GetHashCode(StringComparison.Ordinal):x}.gguf");
        switch (model)
        {
            case "mixture":
                ZeroModel.WriteMixture(path);
                return path;
            case "plain":
                ZeroModel.WritePlain(path);
                return path;
            default:
                return parts.Shape(model);
        }
    }

    static GenerationRequest[] Requests(string batch) =>
    [
        .. batch.Split(' ').Select((row, i) => row.Split(':') is [var input, var output]
            ? new GenerationRequest(
                i, [.. Enumerable.Range(0, int.Parse(input)).Select(k => 3 + (i * 37 + k * 11) % 256)], int.Parse(output), 0, IgnoreEos: true,
                new SamplingSettings(Greedy: true), Seed: 1)
            : throw new ArgumentException(row)),
    ];

    static RequestTokens[] Executed(GenerationRequest[] requests) =>
        [.. requests.OrderByDescending(request => request.MaxTokens).Select(request => new RequestTokens(request.Prompt.Count, request.MaxTokens))];
}

using Lem.Core;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Lem.Tests.Shared;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

/// <summary>Tiny models on disk and engines on them, for tests that need the native library. One test at a time: compute threads spin.</summary>
[CollectionDefinition("llama.cpp", DisableParallelization = true)]
public sealed class LlamaParts : ICollectionFixture<LlamaParts>, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lem-llama-").FullName;

    public static void Require()
    {
        var missing = "";
        try
        {
            LlamaLibrary.Load();
        }
        catch (LemException e)
        {
            missing = $"{e.Message}. {e.Hint}";
        }

        Parts.Require(missing.Length == 0, "llama.cpp", missing);
    }

    public string Model(string dtype = "f32", string shape = "tiny")
    {
        var path = Path.Combine(_folder, $"{shape}-{dtype}.gguf");
        if (!File.Exists(path))
            Write($"synthetic:{shape}?dtype={dtype}", path);
        return path;
    }

    /// <summary>One layer and no more tokens than bytes: fast, and a random choice often ends the text.</summary>
    public string SmallestModel()
    {
        var path = Path.Combine(_folder, "smallest.gguf");
        if (!File.Exists(path))
            Write("synthetic:llama?layers=1&hidden=64&heads=2&kv_heads=1&ffn=128&vocab=260&dtype=f32", path);
        return path;
    }

    /// <summary>A synthetic shape in free form, in single precision.</summary>
    public string Shape(string shape)
    {
        var path = Path.Combine(_folder, $"{shape.GetHashCode(StringComparison.Ordinal):x8}.gguf");
        if (!File.Exists(path))
            Write($"synthetic:{shape}{(shape.Contains('?', StringComparison.Ordinal) ? '&' : '?')}dtype=f32", path);
        return path;
    }

    public string Folder => _folder;

    internal async Task<LlamaCppEngine> LoadedAsync(LlamaCppOptions options)
    {
        Require();
        var engine = new LlamaCppEngine(options, TimeProvider.System);
        await engine.LoadAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    internal Task<LlamaCppEngine> LoadedAsync(string dtype = "f32", int maxBatch = 8, int tokens = 256) =>
        LoadedAsync(new LlamaCppOptions(Model(dtype), maxBatch, TokensPerRequest: tokens, Threads: 1));

    /// <summary>Byte-level prompts of different lengths, none a prefix of another.</summary>
    internal static GenerationRequest[] Requests(int count, int maxTokens, SamplingSettings? sampling = null, bool ignoreEos = true) =>
    [
        .. Enumerable.Range(0, count).Select(i => new GenerationRequest(
            Index: i,
            Prompt: [1, .. Enumerable.Range(0, 5 + 3 * i).Select(k => 3 + (i * 37 + k * 11) % 256)],
            MaxTokens: maxTokens,
            MinTokens: 0,
            IgnoreEos: ignoreEos,
            Sampling: sampling ?? new SamplingSettings(Greedy: true),
            Seed: (uint)(1000 + i))),
    ];

    internal static async Task<List<TokenEvent>> EventsAsync(LlamaCppEngine engine, params GenerationRequest[] batch)
    {
        var events = new List<TokenEvent>();
        await foreach (var e in engine.GenerateAsync(batch, TestContext.Current.CancellationToken))
            events.Add(e);
        return events;
    }

    /// <summary>Output tokens of each request, in the order of the requests.</summary>
    internal static async Task<int[][]> TokensAsync(LlamaCppEngine engine, params GenerationRequest[] batch)
    {
        var events = await EventsAsync(engine, batch);
        Assert.DoesNotContain(events, e => e.Failure is not null);
        return [.. batch.Select(request => events.Where(e => e.Kind == TokenEventKind.Token && e.Request == request.Index).Select(e => e.TokenId).ToArray())];
    }

    static void Write(string model, string path)
    {
        var (shape, errors) = SyntheticShape.Parse(model);
        Assert.Empty(errors);
        Assert.NotNull(shape);
        SyntheticModelWriter.Write(shape, path);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

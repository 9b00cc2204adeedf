using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Measurement.Engines;

namespace Lem.Tests.Fakes;

/// <summary>An engine on a manual clock: a prefill of fixed length, then a token of every row each <paramref name="perToken"/>.</summary>
sealed class SteadyEngine(ManualClock clock, TimeSpan prefill, TimeSpan perToken) : IEngine
{
    public EngineCapabilities Capabilities { get; } =
        new(StaticBatches: true, ExactPhases: true, StepsTokens: true, EmptiesCaches: true, InProcess: true);

    /// <summary>Where the model lies: <c>cpu</c>, <c>gpu:CUDA0</c>.</summary>
    public IReadOnlyList<string> Devices { get; init; } = ["cpu"];

    public Action? AfterLoad { get; init; }

    public Action? AfterUnload { get; init; }

    public int Loads { get; private set; }

    public int CachesEmptied { get; private set; }

    public int TextsTokenized { get; private set; }

    /// <summary>The window in which the engine breaks down, counted in generated batches; −1 = never.</summary>
    public int BreaksAtBatch { get; init; } = -1;

    public Action<int>? BeforeBatch { get; init; }

    /// <summary>Called before each step, with its number.</summary>
    public Action<int>? AtToken { get; init; }

    public Action? AfterBatch { get; init; }

    /// <summary>Requests that fail without a token, by their index, when the others' prompts are computed.</summary>
    public Func<int, bool> TurnsAway { get; init; } = _ => false;

    /// <summary>Said of every request it is given, as a failure, and in a finding, its parameters and its outputs; null = it is silent and works.</summary>
    public string? Words { get; init; }

    /// <summary>Its tokenizer: a token in front and one for each character; null = it has none.</summary>
    public Func<string, IReadOnlyList<int>>? Tokenizer { get; init; } = text => [1, .. text.Select(c => (int)c)];

    /// <summary>Whether it can make texts of tokens.</summary>
    public bool Detokenizes { get; init; } = true;

    public ModelArchitecture? Architecture { get; init; }

    public int Batches { get; private set; }

    public List<GenerationRequest> Seen { get; } = [];

    public Task<EngineDescription> LoadAsync(CancellationToken cancellationToken)
    {
        Loads++;
        clock.Advance(TimeSpan.FromSeconds(2));
        AfterLoad?.Invoke();
        return Task.FromResult(new EngineDescription(
            "llamacpp", "test", Architecture is null ? null : new(Architecture, null, Architecture.Parameters, null, null, "f16", null),
            null, 4096, ExecutionShape.LlamaCpp(512), new JsonObject { ["words"] = Words }, Devices, "fp16", Synthetic: true));
    }

    public Task<IReadOnlyList<int>?> TokenizeAsync(string text, CancellationToken cancellationToken)
    {
        TextsTokenized++;
        return Task.FromResult(Tokenizer?.Invoke(text));
    }

    public Task<string?> DetokenizeAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken) =>
        Task.FromResult(!Detokenizes ? null : Words ?? string.Concat(tokens.Select(t => (char)t)));

    public void Prepare(IEnumerable<GenerationRequest> requests)
    {
    }

    public Task OpenWindowAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<EngineCounts> CloseWindowAsync(CancellationToken cancellationToken) => Task.FromResult(EngineCounts.None);

    public async IAsyncEnumerable<TokenEvent> GenerateAsync(
        IReadOnlyList<GenerationRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        BeforeBatch?.Invoke(Batches);
        if (Batches++ == BreaksAtBatch)
            throw new LemException("decode failed", "look at the log");
        Seen.AddRange(requests);
        yield return new(TokenEventKind.PrefillStarted, -1, clock.GetTimestamp());
        clock.Advance(prefill);
        yield return new(TokenEventKind.PrefillEnded, -1, clock.GetTimestamp());

        foreach (var request in requests.Where(r => TurnsAway(r.Index)))
            yield return new(TokenEventKind.Failed, request.Index, clock.GetTimestamp(), Failure: new("http_status", "HTTP 429: too many"));
        requests = [.. requests.Where(r => !TurnsAway(r.Index))];
        for (var token = 0; token < requests.Select(r => r.MaxTokens).DefaultIfEmpty().Max(); token++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AtToken?.Invoke(token);
            if (token > 0)
                clock.Advance(perToken);
            foreach (var request in requests.Where(r => token < r.MaxTokens))
            {
                yield return new(TokenEventKind.Token, request.Index, clock.GetTimestamp(), 1, 65 + token % 26);
                if (token == request.MaxTokens - 1)
                    yield return new(TokenEventKind.Finished, request.Index, clock.GetTimestamp(), Failure: Words is null ? null : new("engine_failed", Words));
            }
        }

        AfterBatch?.Invoke();
    }

    public ValueTask<bool> EmptyCachesAsync(CancellationToken cancellationToken)
    {
        CachesEmptied++;
        return ValueTask.FromResult(true);
    }

    /// <summary>What tracing says; by default that it cannot be done.</summary>
    public ExecutedFlops Traced { get; init; } = ExecutedFlops.None("this engine does not trace");

    public ValueTask<ExecutedFlops> TraceFlopsAsync(IReadOnlyList<IReadOnlyList<RequestTokens>> batches, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Traced);

    public EngineMemory Memory() => new(1_000_000, 2_000_000, 4_000_000, 1_000_000);

    public IReadOnlyList<Finding> TakeFindings() => Words is null ? [] : [new("engine_warning", FindingSeverity.Warning, Words, Hint: Words, Data: new() { ["words"] = Words })];

    public int Unloads { get; private set; }

    public Task UnloadAsync(CancellationToken cancellationToken)
    {
        Unloads++;
        AfterUnload?.Invoke();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;
}

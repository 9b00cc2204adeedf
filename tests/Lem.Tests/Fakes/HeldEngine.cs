using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Measurement.Engines;

namespace Lem.Tests.Fakes;

/// <summary>An engine that answers a request when it is told to, with one token.</summary>
sealed class HeldEngine : IEngine
{
    readonly SemaphoreSlim _released = new(0);
    int _inFlight;

    /// <summary>Released once for every request that has come.</summary>
    public SemaphoreSlim Entered { get; } = new(0);

    public int InFlight => Volatile.Read(ref _inFlight);

    public EngineCapabilities Capabilities { get; } = new(StaticBatches: false, ExactPhases: false, StepsTokens: true, EmptiesCaches: true, InProcess: false);

    public void ReleaseOne() => _released.Release();

    public async IAsyncEnumerable<TokenEvent> GenerateAsync(
        IReadOnlyList<GenerationRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _inFlight);
        Entered.Release();
        await _released.WaitAsync(cancellationToken);
        yield return new(TokenEventKind.Token, requests[0].Index, TimeProvider.System.GetTimestamp(), 1, 65);
        Interlocked.Decrement(ref _inFlight);
        yield return new(TokenEventKind.Finished, requests[0].Index, TimeProvider.System.GetTimestamp());
    }

    public Task<EngineDescription> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new EngineDescription("openai", "test", null, null, null, ExecutionShape.Serving, new JsonObject(), [], null, Synthetic: false));

    public Task<IReadOnlyList<int>?> TokenizeAsync(string text, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<int>?>([1]);

    public Task<string?> DetokenizeAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken) => Task.FromResult<string?>("");

    public void Prepare(IEnumerable<GenerationRequest> requests)
    {
    }

    public ValueTask<bool> EmptyCachesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public Task OpenWindowAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<EngineCounts> CloseWindowAsync(CancellationToken cancellationToken) => Task.FromResult(EngineCounts.None);

    public ValueTask<ExecutedFlops> TraceFlopsAsync(IReadOnlyList<IReadOnlyList<RequestTokens>> batches, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ExecutedFlops.None("this engine does not trace"));

    public EngineMemory Memory() => new(null, null, null, null);

    public IReadOnlyList<Finding> TakeFindings() => [];

    public Task UnloadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => default;
}

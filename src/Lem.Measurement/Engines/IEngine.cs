using Lem.Core.Metrics.Flops;
using Lem.Core.Results;

namespace Lem.Measurement.Engines;

/// <summary>
/// A program that runs a model: loaded once, asked to generate, unloaded. Knows nothing of energy, windows, or results.
/// </summary>
/// <remarks>Calls come one after another, but <see cref="GenerateAsync"/> of engines with continuous batching may overlap.</remarks>
public interface IEngine : IAsyncDisposable
{
    /// <summary>What this engine can and cannot do; known before anything is loaded.</summary>
    EngineCapabilities Capabilities { get; }

    /// <summary>Starts the engine with its model and says what really runs.</summary>
    /// <exception cref="Lem.Core.LemException">The engine or the model cannot be had here.</exception>
    Task<EngineDescription> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Turns a text into the model's tokens, special tokens included as the model wants them; null where the engine has no tokenizer to ask.</summary>
    /// <exception cref="Lem.Core.LemException">It has one, and it did not answer.</exception>
    Task<IReadOnlyList<int>?> TokenizeAsync(string text, CancellationToken cancellationToken);

    /// <summary>The text of tokens; null where the engine has nothing to ask for it.</summary>
    /// <exception cref="Lem.Core.LemException">It has, and it did not answer.</exception>
    Task<string?> DetokenizeAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken);

    /// <summary>Does what can be done for these requests before a window opens, so that it takes no time in it.</summary>
    void Prepare(IEnumerable<GenerationRequest> requests);

    /// <summary>
    /// Generates for these requests together (one static batch, or one request of a continuous one) and tells each token as it comes,
    /// stamped by the engine's own clock reads. Every request ends with exactly one Finished or Failed event.
    /// </summary>
    IAsyncEnumerable<TokenEvent> GenerateAsync(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken);

    /// <summary>Empties prefix and KV caches. False where that is impossible: the next window then starts warm.</summary>
    ValueTask<bool> EmptyCachesAsync(CancellationToken cancellationToken);

    /// <summary>A window is about to open: the engine reads its counters, and may go on reading them until it is closed.</summary>
    Task OpenWindowAsync(CancellationToken cancellationToken);

    /// <summary>The window is closed: what the engine counted in it. Never fails: what cannot be read is not told.</summary>
    Task<EngineCounts> CloseWindowAsync(CancellationToken cancellationToken);

    /// <summary>
    /// FLOP the kernels executed for these batches, counted by the engine in a pass of its own: never inside a window. No count, with the
    /// reason, where the engine cannot.
    /// </summary>
    /// <param name="batches">Their rows from the highest token limit to the lowest.</param>
    ValueTask<ExecutedFlops> TraceFlopsAsync(IReadOnlyList<IReadOnlyList<RequestTokens>> batches, CancellationToken cancellationToken);

    /// <summary>Memory in use now and at its peak since the model was loaded.</summary>
    EngineMemory Memory();

    /// <summary>Doubts the engine itself has raised since the last call: its warnings, fallbacks, unused devices.</summary>
    IReadOnlyList<Finding> TakeFindings();

    /// <summary>Frees the model and everything it held. The engine can be loaded again.</summary>
    Task UnloadAsync(CancellationToken cancellationToken);
}

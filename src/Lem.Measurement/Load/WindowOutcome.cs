using Lem.Core;

namespace Lem.Measurement.Load;

/// <summary>A measured window as the load saw it: from the first send to the last token, and nothing more.</summary>
/// <param name="Open">Stamp of the first send.</param>
/// <param name="Close">Stamp of the last token; equal to <paramref name="Open"/> where none came.</param>
/// <param name="Requests">Every request that was sent; those in flight at an interruption end as failures.</param>
/// <param name="Interrupted">Not all planned requests were sent.</param>
/// <param name="EngineFailure">The engine broke down in the window; what came before stands.</param>
/// <param name="Shape">How requests went out one by one; null for static batches.</param>
public sealed record WindowOutcome(
    long Open,
    long Close,
    IReadOnlyList<RequestTrace> Requests,
    IReadOnlyList<BatchSpan> Batches,
    bool Interrupted,
    LemException? EngineFailure,
    LoadShape? Shape = null);

using Lem.Core;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Load;

/// <summary>A measured window as the load saw it: from the first send to the last request's end, and nothing more.</summary>
/// <param name="Open">Stamp of the first send.</param>
/// <param name="Close">Stamp of the last token or failure, whichever is later; equal to <paramref name="Open"/> where nothing was sent.</param>
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
    LoadShape? Shape = null)
{
    /// <summary>When the last of these requests ended. One that was given up at an interruption reaches to its last token: that it ended later was the user's doing.</summary>
    internal static long CloseOf(long open, List<RequestTrace> requests)
    {
        var last = open;
        foreach (var request in requests)
            last = Math.Max(last, (request.Failure == RequestFailure.Interrupted ? request.LastArrival : request.End) ?? last);
        return last;
    }
}

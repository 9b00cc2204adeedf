using Lem.Measurement.Engines;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>The requests of a window, ready to be sent: every window of an experiment gets the same.</summary>
/// <param name="Batches">Static batches in their order; one request each where requests go out one by one.</param>
/// <param name="Shape">When requests go out that are no static batches; null for batches, one after another.</param>
/// <param name="WarmupBatch">
/// Makes the n-th warm-up batch: as many rows and as long as the window's own batches, but with prompts the window never sees.
/// </param>
/// <param name="Truncated">Prompts that were cut to the input limit.</param>
sealed record Workload(
    IReadOnlyList<IReadOnlyList<GenerationRequest>> Batches,
    LoadShape? Shape,
    Func<int, IReadOnlyList<GenerationRequest>> WarmupBatch,
    int Truncated)
{
    public IReadOnlyList<GenerationRequest> Requests { get; } = [.. Batches.SelectMany(batch => batch)];
}

using Lem.Measurement.Engines;

namespace Lem.Measurement.Experiments;

/// <summary>The requests of a window in their batches, ready to be sent: every window of an experiment gets the same.</summary>
/// <param name="WarmupBatch">
/// Makes the n-th warm-up batch: as many rows and as long as the window's own batches, but with prompts the window never sees.
/// </param>
/// <param name="Truncated">Prompts that were cut to the input limit.</param>
sealed record Workload(
    IReadOnlyList<IReadOnlyList<GenerationRequest>> Batches,
    Func<int, IReadOnlyList<GenerationRequest>> WarmupBatch,
    int Truncated)
{
    public int Requests { get; } = Batches.Sum(batch => batch.Count);

    public int LargestBatch { get; } = Batches.Max(batch => batch.Count);
}

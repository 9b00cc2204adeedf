using Lem.Core.Statistics;

namespace Lem.Core.Metrics.Steady;

/// <summary>
/// The steady part of a window of static batches: its longest row of full batches, where their speed has no trend. Load is constant there; a
/// batch that is not full works at another efficiency.
/// </summary>
public static class FullBatches
{
    const string Policy = "full_batches";

    /// <param name="batches">In the order in which they ran.</param>
    public static SteadySpan Find(IReadOnlyList<BatchRun> batches)
    {
        var (first, count) = LongestRow(batches);
        if (count < RankTrend.Means)
            return SteadySpan.None(Policy, "fewer_than_ten_full_batches_in_a_row");

        double[] speeds = [.. batches.Skip(first).Take(count).Select(batch => batch.OutputTokens / Math.Max(1e-9, batch.EndS - batch.StartS))];
        return RankTrend.Of(speeds) is { } rho && Math.Abs(rho) > RankTrend.Limit
            ? SteadySpan.None(Policy, "speed_has_a_trend")
            : new(Policy, batches[first].StartS, batches[first + count - 1].EndS, null);
    }

    static (int First, int Count) LongestRow(IReadOnlyList<BatchRun> batches)
    {
        var (bestFirst, bestCount, first) = (0, 0, 0);
        for (var i = 0; i < batches.Count; i++)
        {
            if (!batches[i].IsFull)
                first = i + 1;
            else if (i + 1 - first > bestCount)
                (bestFirst, bestCount) = (first, i + 1 - first);
        }

        return (bestFirst, bestCount);
    }
}

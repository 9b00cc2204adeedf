namespace Lem.Measurement.Load.Batching;

/// <summary>Groups requests into static batches by their prompt lengths: pure, so that the same prompts always meet in the same batches.</summary>
static class BatchPlanner
{
    /// <summary>Most rows in a batch whatever its tokens: llama.cpp's limit of parallel sequences (LLAMA_MAX_SEQ).</summary>
    public const int MaxRows = 256;

    /// <summary>Plans the batches as lists of indices into <paramref name="promptTokens"/>; every index stands in exactly one.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Plan(IReadOnlyList<int> promptTokens, BatchRule rule)
    {
        var order = Enumerable.Range(0, promptTokens.Count);
        // Equal lengths keep their order: the sort is stable, and so is the plan.
        var indices = rule.SortByLength ? [.. order.OrderBy(i => promptTokens[i])] : order.ToArray();

        var batches = new List<IReadOnlyList<int>>();
        var batch = new List<int>();
        var longest = 0;
        foreach (var index in indices)
        {
            var length = Math.Max(longest, promptTokens[index]);
            if (batch.Count > 0 && IsFull(batch.Count + 1, length, rule))
            {
                batches.Add([.. batch]);
                batch.Clear();
                length = promptTokens[index];
            }

            batch.Add(index);
            longest = length;
        }

        if (batch.Count > 0)
            batches.Add([.. batch]);
        return batches;
    }

    // A rectangle of rows × longest prompt is what a padded engine computes, so that is what the token limit bounds.
    static bool IsFull(int rows, int longest, BatchRule rule) =>
        rows > Math.Min(rule.MaxRows, MaxRows) || (rule.MaxTokens is { } limit && (long)rows * longest > limit);
}

using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines;
using Lem.Measurement.Load;
using Lem.Measurement.Load.Batching;
using Lem.Measurement.Load.Prompts;

namespace Lem.Measurement.Experiments;

/// <summary>Turns prompts into requests with the engine's own tokenizer: cut to their limits, seeded, and grouped into batches where the engine takes batches.</summary>
/// <param name="takesText">The engine takes prompts as texts, not as tokens.</param>
sealed class WorkloadPlanner(IEngine engine, bool takesText, ExperimentConfig config, ulong seed, TimeProvider time)
{
    readonly PromptTokens _tokens = new(engine, takesText, config.MaxInputTokens, time);
    readonly SamplingSettings _sampling = Sampling(config.Decoder);

    /// <exception cref="LemException">A synthetic prompt cannot reach its length with this tokenizer, or a prompt cannot be cut without one.</exception>
    public async Task<Workload> PlanAsync(PromptSet prompts, CancellationToken cancellationToken)
    {
        var requests = new GenerationRequest[prompts.Measured.Count];
        for (var i = 0; i < requests.Length; i++)
            requests[i] = Request(i, await _tokens.OfAsync(i, prompts.Measured[i], cancellationToken), prompts.Measured[i].OutputTokens);

        if (engine.Capabilities.StaticBatches)
        {
            var batches = BatchPlanner.Plan([.. requests.Select(r => r.Prompt.Count)], Rule());
            return new([.. batches.Select(batch => batch.Select(i => requests[i]).ToArray())], null, await WarmupBatchesAsync(prompts, requests, Median(batches, requests), cancellationToken), _tokens.Truncated);
        }

        var shape = LoadShapes.Of(config, requests.Length, seed, prompts.Arrivals);
        var rows = Math.Min(WarmupRows(shape), requests.Length);
        IReadOnlyList<int> typical = [.. Enumerable.Range(0, requests.Length).OrderBy(i => requests[i].Prompt.Count).Skip((requests.Length - rows) / 2).Take(rows)];
        return new([.. requests.Select(request => (GenerationRequest[])[request])], shape, await WarmupBatchesAsync(prompts, requests, typical, cancellationToken), _tokens.Truncated);
    }

    // As many at once as in the window. Where nobody said how many, no round is longer than all of warm-up may be one by one; where the window's arrivals decide, one after another.
    int WarmupRows(LoadShape shape) => shape is not FixedConcurrency { Users: var users } ? 1
        : config.Concurrency is null ? Math.Min(users, config.Warmup.MaxPrompts)
        : users;

    static IReadOnlyList<int> Median(IReadOnlyList<IReadOnlyList<int>> batches, GenerationRequest[] requests) =>
        batches.OrderBy(batch => batch.Sum(i => requests[i].Prompt.Count)).ElementAt(batches.Count / 2);

    GenerationRequest Request(int index, TokenizedPrompt prompt, int? outputTokens)
    {
        var limit = Math.Min(outputTokens ?? config.MaxOutputTokens, config.MaxOutputTokens);
        return new(
            index,
            prompt.Tokens,
            limit,
            outputTokens is null ? Math.Min(config.MinOutputTokens, limit) : limit,
            // A synthetic output length is a length, whatever the model says.
            config.Decoder.IgnoreEos || outputTokens is not null,
            _sampling,
            (uint)SplitMix64.Derive(seed, (ulong)index),
            prompt.Tokenization,
            prompt.Text);
    }

    static SamplingSettings Sampling(DecoderConfig decoder) => decoder.IsGreedy
        ? new(Greedy: true, RepetitionPenalty: decoder.RepetitionPenalty)
        : new(false, decoder.Temperature, decoder.TopK, decoder.TopP, decoder.MinP, decoder.RepetitionPenalty);

    BatchRule Rule()
    {
        var batching = config.Batching;
        var sorted = batching.Strategy is BatchingStrategy.SortedStatic or BatchingStrategy.SortedDynamic;
        return batching.Strategy is BatchingStrategy.Dynamic or BatchingStrategy.SortedDynamic
            ? new(BatchBound.Rows(config), BatchBound.Tokens(config), sorted)
            : new(batching.BatchSize, null, sorted);
    }

    // Latencies can only settle when the work is the same each time, so every warm-up batch has the shape of the median batch:
    // its rows, its prompt lengths, its output limit. Only the words differ.
    async Task<Func<int, IReadOnlyList<GenerationRequest>>> WarmupBatchesAsync(
        PromptSet prompts, GenerationRequest[] requests, IReadOnlyList<int> shape, CancellationToken cancellationToken)
    {
        if (!config.Warmup.Enabled || config.ForceColdStart)
            return _ => throw new InvalidOperationException("There is no warm-up.");
        var rows = shape.Count;
        var wanted = Math.Min(256, Math.Max(config.Warmup.MaxPrompts, rows));
        var pool = await _tokens.PoolAsync(prompts.Spare, shape.Max(i => requests[i].Prompt.Count), wanted, SplitMix64.Derive(seed, ulong.MaxValue), cancellationToken);
        return round => [.. shape.Select((i, row) => Request(row, pool[((round * rows) + row) % pool.Count].CutTo(requests[i].Prompt.Count), null) with
        {
            MaxTokens = requests[i].MaxTokens,
            MinTokens = requests[i].MaxTokens,
            IgnoreEos = true,
        })];
    }
}

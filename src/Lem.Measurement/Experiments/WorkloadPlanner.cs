using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines;
using Lem.Measurement.Load;
using Lem.Measurement.Load.Batching;
using Lem.Measurement.Load.Prompts;

namespace Lem.Measurement.Experiments;

/// <summary>Turns prompts into requests with the engine's own tokenizer: cut to their limits, seeded, and grouped into batches.</summary>
sealed class WorkloadPlanner(IEngine engine, ExperimentConfig config, ulong seed, TimeProvider time)
{
    /// <exception cref="LemException">A synthetic prompt cannot reach its length with this tokenizer.</exception>
    public async Task<Workload> PlanAsync(PromptSet prompts, CancellationToken cancellationToken)
    {
        var truncated = 0;
        var requests = new GenerationRequest[prompts.Measured.Count];
        for (var i = 0; i < requests.Length; i++)
        {
            var prompt = prompts.Measured[i];
            var start = time.GetTimestamp();
            var tokens = await engine.TokenizeAsync(prompt.Text, cancellationToken);
            var tokenization = time.GetElapsedTime(start);
            if (prompt.InputTokens > tokens.Count)
                throw new LemException($"prompt {i}: the text has {tokens.Count} tokens, but {prompt.InputTokens} were asked for", "This tokenizer makes fewer tokens than words; ask for shorter synthetic prompts.");
            if (prompt.InputTokens is null && tokens.Count > config.MaxInputTokens)
                truncated++;
            requests[i] = Request(i, Cut(tokens, prompt.InputTokens), prompt.OutputTokens) with { Tokenization = tokenization };
        }

        var batches = BatchPlanner.Plan([.. requests.Select(r => r.Prompt.Count)], Rule());
        var warmup = await WarmupBatchesAsync(prompts, requests, batches, cancellationToken);
        return new([.. batches.Select(batch => batch.Select(i => requests[i]).ToArray())], warmup, truncated);
    }

    IReadOnlyList<int> Cut(IReadOnlyList<int> tokens, int? exact)
    {
        var limit = Math.Min(exact ?? int.MaxValue, config.MaxInputTokens ?? int.MaxValue);
        return tokens.Count <= limit ? tokens : [.. tokens.Take(limit)];
    }

    GenerationRequest Request(int index, IReadOnlyList<int> tokens, int? outputTokens)
    {
        var decoder = config.Decoder;
        var sampling = decoder.IsGreedy
            ? new SamplingSettings(Greedy: true, RepetitionPenalty: decoder.RepetitionPenalty)
            : new SamplingSettings(false, decoder.Temperature, decoder.TopK, decoder.TopP, decoder.MinP, decoder.RepetitionPenalty);
        var limit = Math.Min(outputTokens ?? config.MaxOutputTokens, config.MaxOutputTokens);
        return new(
            index,
            tokens,
            limit,
            outputTokens is null ? Math.Min(config.MinOutputTokens, limit) : limit,
            // A synthetic output length is a length, whatever the model says.
            decoder.IgnoreEos || outputTokens is not null,
            sampling,
            (uint)SplitMix64.Derive(seed, (ulong)index));
    }

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
        PromptSet prompts, GenerationRequest[] requests, IReadOnlyList<IReadOnlyList<int>> batches, CancellationToken cancellationToken)
    {
        var shape = batches.OrderBy(batch => batch.Sum(i => requests[i].Prompt.Count)).ElementAt(batches.Count / 2);
        var longest = shape.Max(i => requests[i].Prompt.Count);
        var pool = new List<IReadOnlyList<int>>();
        foreach (var prompt in prompts.Spare.Take(256))
        {
            var tokens = await engine.TokenizeAsync(prompt.Text, cancellationToken);
            if (tokens.Count >= longest)
                pool.Add(tokens);
        }

        // Where the source has no spare prompts that are long enough, words of our own stand in.
        var rows = shape.Count;
        var wanted = Math.Max(config.Warmup.MaxPrompts, rows);
        var made = Load.Prompts.SyntheticPrompts.Create(Math.Min(256, Math.Max(0, wanted - pool.Count)), new TokenLengths(Mean: longest), null, 0, SplitMix64.Derive(seed, ulong.MaxValue));
        foreach (var prompt in made)
            pool.Add(await engine.TokenizeAsync(prompt.Text, cancellationToken));

        return round => [.. shape.Select((i, row) => Request(row, [.. pool[((round * rows) + row) % pool.Count].Take(requests[i].Prompt.Count)], null) with
        {
            MaxTokens = requests[i].MaxTokens,
            MinTokens = requests[i].MaxTokens,
            IgnoreEos = true,
        })];
    }
}

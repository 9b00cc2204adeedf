using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Batching;

/// <summary>How large batches can get, before the prompts' lengths are known: what an engine must have room for.</summary>
public static class BatchBound
{
    /// <summary>Rows of the largest batch that can come; where requests come one by one, slots for them: the users, the limit in flight, else the batch size.</summary>
    public static int Rows(ExperimentConfig config) => config.Concurrency is { } users ? users
        : config.TrafficSimulation is { Enabled: true, MaxConcurrency: { } most } ? most
        : config.Batching.Strategy is BatchingStrategy.Static or BatchingStrategy.SortedStatic
        ? config.Batching.BatchSize
        : Math.Min(BatchPlanner.MaxRows, Math.Max(1, Tokens(config) / ShortestPrompt));

    /// <summary>Token limit of a dynamic batch: the one given, else as many tokens as a static batch could have.</summary>
    public static int Tokens(ExperimentConfig config) =>
        config.Batching.MaxTokensPerBatch ?? config.Batching.BatchSize * (config.MaxInputTokens ?? 512);

    /// <summary>Prompt and output of the longest request; null where prompts are not cut.</summary>
    public static int? TokensPerRequest(ExperimentConfig config) => config.MaxInputTokens + config.MaxOutputTokens;

    // Prompts of real data sets are longer; a batch of shorter ones is closed at the engine's rows instead of its tokens.
    const int ShortestPrompt = 8;
}

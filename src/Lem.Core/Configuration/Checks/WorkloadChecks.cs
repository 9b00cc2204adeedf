namespace Lem.Core.Configuration.Checks;

/// <summary>Prompts, lengths, arrivals and batches.</summary>
static class WorkloadChecks
{
    public static IEnumerable<ConfigError> Run(CheckContext context)
    {
        var config = context.Config;
        var isServer = BackendRule.IsServer(config.ResolvedBackend);
        var traffic = config.TrafficSimulation;
        if (config.MaxOutputTokens > 2048)
            yield return new("max_output_tokens", $"above 2048 a request takes long, and is {config.MaxOutputTokens}", ConfigSeverity.Warning);
        if (traffic is { Enabled: true, TargetQps: > 100 } && config.ResolvedBackend is Backend.Pytorch)
        {
            yield return new(
                "traffic_simulation.target_qps",
                $"above 100 a static-batch engine forms batches from what has arrived (open_loop_batched), and is {traffic.TargetQps}",
                ConfigSeverity.Warning);
        }
        if (!traffic.Enabled && !context.IsGiven("traffic_simulation.enabled"))
            foreach (var key in (string[])["mode", "target_qps", "burstiness", "max_concurrency", "ramp", "trace"])
                if (context.IsGiven($"traffic_simulation.{key}"))
                    yield return new($"traffic_simulation.{key}", "has no effect without traffic_simulation.enabled: true (--rate sets it)", ConfigSeverity.Warning);
        if (traffic.Enabled && config.Concurrency is not null)
        {
            yield return new(
                "concurrency",
                "is a closed loop, but traffic_simulation is an open one; its limit is traffic_simulation.max_concurrency");
        }
        if (config.Batching is { Strategy: BatchingStrategy.Dynamic or BatchingStrategy.SortedDynamic, MaxTokensPerBatch: null } && !isServer)
        {
            yield return new(
                "batching.max_tokens_per_batch",
                "is not given: a dynamic batch is bounded by batch_size alone",
                ConfigSeverity.Info);
        }
        if (context.IsGiven("server") && !isServer)
            yield return new("server", $"has no effect: {Name(config)} is not reached over HTTP", ConfigSeverity.Warning);
        if (context.IsGiven("python") && config.ResolvedBackend is not Backend.Pytorch)
            yield return new("python", $"has no effect: {Name(config)} runs without it", ConfigSeverity.Warning);
        if (config.ResolvedBackend is Backend.Openai && config.Server is { Url: null, Command: null })
            yield return new("server.url", "is required with backend: openai (or server.command, which starts one)");
    }

    static string Name(ExperimentConfig config) => config.ResolvedBackend.ToString().ToLowerInvariant();
}

using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Load.Batching;

namespace Lem.Measurement.Experiments;

/// <summary>What this version cannot do, told before anything is loaded: a key that nobody would read is an error, never a silent default.</summary>
public static class Preflight
{
    /// <exception cref="LemException">The engine is not part of this version.</exception>
    /// <exception cref="ConfigException">Keys that would have no effect, all at once.</exception>
    public static void Check(ExperimentConfig config)
    {
        if (config.ResolvedBackend == Backend.Pytorch)
            throw new LemException(
                "the pytorch engine cannot be driven by this version yet",
                "Run a GGUF or synthetic model on the embedded engine (--model path/to/model.gguf, org/repo:Q4_K_M, synthetic:15m), or a server (--backend vllm, openai).");

        if (config is { ResolvedBackend: Backend.Openai, Server: { Url: null, Command: null } })
            throw new LemException(
                "nothing says which server is meant",
                "Give the address of one that is up (--url http://127.0.0.1:8000), or the command that starts one (server.command: [llama-server, -m, model.gguf]).");

        var own = BackendRule.IsServer(config.ResolvedBackend) ? ServerSettings.Refused(config) : LlamaCppSettings.Refused(config).Concat(UnreadByEmbedded(config));
        var errors = own.Concat(Unread(config)).ToList();
        if (errors.Count > 0)
            throw new ConfigException(errors);
    }

    static IEnumerable<ConfigError> UnreadByEmbedded(ExperimentConfig config)
    {
        if (BatchBound.Rows(config) > BatchPlanner.MaxRows)
            yield return new(RowsKey(config), $"must be 1 to {BatchPlanner.MaxRows} on the embedded engine, but is {BatchBound.Rows(config)}");
        if (config.ModelRevision is not null && GgufReference.Parse(config.ModelName) is null)
            yield return new("model_revision", $"names a state of a Hugging Face repository, and {config.ModelName} is none (org/repo:file.gguf or org/repo:Q4_K_M)");
        if (config.NumProcesses > 1)
            yield return new("num_processes", $"must be 1 on the embedded engine, but is {config.NumProcesses}");
        if (config.Flops.Profiler)
            yield return new("flops.profiler", "the embedded engine has no profiler that counts FLOPs; flops.method: traced counts them in its graphs");
        if (config.Runner is Runner.Docker)
            yield return new("runner", "the embedded engine runs inside lem: it has no container");
        if (config.IsEncoderDecoder)
            yield return new("is_encoder_decoder", "the embedded engine runs decoder-only models");
    }

    static IEnumerable<ConfigError> Unread(ExperimentConfig config)
    {
        if (config.Schedule.Enabled)
            yield return new("schedule.enabled", "schedules are not run by this version; cron can call lem");
        if (config.Energy is { CarbonIntensityGPerKwh: null, Country: { } country })
            yield return new("energy.country", $"no table of intensities by country ships with this version: give energy.carbon_intensity_g_per_kwh for {country}");
    }

    static string RowsKey(ExperimentConfig config) => config.Concurrency is not null ? "concurrency"
        : config.TrafficSimulation is { Enabled: true, MaxConcurrency: not null } ? "traffic_simulation.max_concurrency"
        : "batching.batch_size";
}

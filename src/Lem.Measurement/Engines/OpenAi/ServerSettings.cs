using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;
using Lem.Measurement.Engines.OpenAi.Commands;
using Lem.Measurement.Engines.OpenAi.Dialects;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>What an experiment's configuration means for a server that is driven over HTTP.</summary>
public static class ServerSettings
{
    /// <summary>Keys that a server engine cannot take, with the reason.</summary>
    public static IEnumerable<ConfigError> Refused(ExperimentConfig config)
    {
        if (config.NumProcesses > 1)
            yield return new("num_processes", $"must be 1 for a server, which spreads itself over GPUs ({Parallel(config)}), but is {config.NumProcesses}");
        if (config.Flops.Profiler)
            yield return new("flops.profiler", "a server does not show its graphs; flops.method: auto counts by the model's dimensions");
        // Whoever starts the server sets these: they would reach nobody.
        if (config.Server is not { Url: null, Command: null })
            foreach (var key in SetAtStart(config))
                yield return new(key, $"is set when a server is started, but {(config.Server.Url is null ? "server.command starts" : "server.url names")} one of its own: give it there");
        if (config is { Server.Url: not null, Docker: not { ComposeFile: null, Service: null } })
            yield return new("docker", "says where lem starts a server, but server.url names one that is already up");
        if (config.Server.Url is not null && config.ForceColdStart)
            yield return new("force_cold_start", "has an effect where lem starts the server, but server.url names one that is already up");
    }

    /// <param name="devices">Where it computes, as far as known.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="ConfigException">A variable that is to hold a secret is not set.</exception>
    public static ServerOptions From(ExperimentConfig config, IReadOnlyList<string> devices, Func<string, string?> variable)
    {
        var server = config.Server;
        return new(
            config.ResolvedBackend.ToString().ToLowerInvariant(),
            ModelName(config),
            server.Endpoint,
            Headers(config, variable),
            Fields(config),
            TimeSpan.FromSeconds(server.ReadyTimeoutSec),
            TimeSpan.FromSeconds(server.RequestTimeoutSec),
            TimeSpan.FromSeconds(server.IdleTimeoutSec),
            TimeSpan.FromSeconds(server.MetricsIntervalSec),
            config.SaveOutputs,
            devices,
            Precision(config.FpPrecision),
            config.ResolvedBackend switch
            {
                Backend.Vllm => ServerKind.Vllm,
                Backend.Tensorrt => ServerKind.TensorRt,
                _ => null,
            },
            ReusesNothing(config),
            config.PromptReuse is PromptReuse.Keep);
    }

    static IEnumerable<string> SetAtStart(ExperimentConfig config)
    {
        var section = config.Engine;
        foreach (var (parameter, _) in section.Given)
            if (parameter.Travel != Travel.Body)
                yield return $"{section.Table.Section}.{parameter.Name}";
        if (section.Table.Backend == Backend.Openai)
            yield break;
        foreach (var (name, _) in section.Extra)
            yield return $"{section.Table.Section}.{ParameterTable.ExtraKey}.{name}";
        if (config.Adapter is not null)
            yield return "adapter";
    }

    // vLLM serves an adapter as a model of its own name beside the model; TensorRT-LLM is told with each request.
    static string ModelName(ExperimentConfig config) =>
        config.Section(Backend.Openai).Text("server_model") ?? (ServerCommand.IsByParameters(config) && config.ResolvedBackend == Backend.Vllm ? config.Adapter : null) ?? config.ModelName;

    static bool ReusesNothing(ExperimentConfig config) => ServerCommand.IsByParameters(config) && config.ResolvedBackend switch
    {
        Backend.Vllm => config.Engine.Flag("enable_prefix_caching") is false,
        _ => config.Engine.Flag("kv_cache_config.enable_block_reuse") is not true,
    };

    static JsonObject Fields(ExperimentConfig config)
    {
        var fields = Fields(config.Engine);
        if (config.Server.Endpoint == ServerEndpoint.ChatCompletions && fields["logprobs"]?.DeepClone() is { } count && config.ResolvedBackend != Backend.Openai)
            (fields["logprobs"], fields["top_logprobs"]) = (true, count); // a number in completions, a switch and a number in chat
        if (ServerCommand.IsByParameters(config) && config is { ResolvedBackend: Backend.Tensorrt, Adapter: { } adapter })
            fields["lora_request"] = new JsonObject { ["lora_name"] = adapter, ["lora_int_id"] = 1, ["lora_path"] = adapter };
        return fields;
    }

    /// <summary>Parameters that travel with each request, and what is passed on beside them.</summary>
    static JsonObject Fields(EngineSection section)
    {
        var fields = new JsonObject();
        foreach (var (parameter, value) in section.Given)
            if (parameter.Travel == Travel.Body && section.Table.Backend != Backend.Openai)
                fields[parameter.Name] = value.DeepClone();
        // What a server takes beside its declared parameters comes with the requests where nobody starts it with flags.
        if (section.Table.Backend == Backend.Openai)
            foreach (var (name, value) in section.Extra)
                fields[name] = value?.DeepClone();
        return fields;
    }

    /// <summary>Variables that are to hold what the server's headers need, and are not set.</summary>
    public static IEnumerable<ConfigError> Unset(ExperimentConfig config, Func<string, string?> variable) =>
        from header in NamedHeaders(config)
        where variable(header.Variable) is not { Length: > 0 }
        select new ConfigError(header.Path, $"names the environment variable {header.Variable}, which is not set");

    static Dictionary<string, string> Headers(ExperimentConfig config, Func<string, string?> variable) =>
        Unset(config, variable).ToList() is { Count: > 0 } unset
            ? throw new ConfigException(unset)
            : NamedHeaders(config).ToDictionary(header => header.Name, header => header.Prefix + variable(header.Variable), StringComparer.OrdinalIgnoreCase);

    static IEnumerable<(string Name, string Variable, string Prefix, string Path)> NamedHeaders(ExperimentConfig config)
    {
        if (config.Server.ApiKeyEnv is { } key)
            yield return ("Authorization", key, "Bearer ", "server.api_key_env");
        foreach (var (name, value) in config.Section(Backend.Openai).Value("headers_env") as JsonObject ?? [])
            yield return (name, value?.ToString() ?? "", "", $"openai.headers_env.{name}");
    }

    static string? Precision(Precision? precision) => precision switch
    {
        Core.Configuration.Precision.Float32 => "fp32",
        Core.Configuration.Precision.Float16 => "fp16",
        Core.Configuration.Precision.Bfloat16 => "bf16",
        _ => null,
    };

    static string Parallel(ExperimentConfig config) => config.ResolvedBackend switch
    {
        Backend.Vllm => "vllm.tensor_parallel_size",
        Backend.Tensorrt => "tensorrt.tensor_parallel_size",
        _ => "as it was started",
    };
}

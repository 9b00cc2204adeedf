using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;

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
            foreach (var (parameter, _) in config.Engine.Given)
                if (parameter.Travel != Travel.Body)
                    yield return new($"{config.Engine.Table.Section}.{parameter.Name}", $"is set when a server is started, but {(config.Server.Url is null ? "server.command starts" : "server.url names")} one of its own: give it there");
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
            config.Section(Backend.Openai).Text("server_model") ?? config.ModelName,
            server.Endpoint,
            Headers(config, variable),
            Fields(config.Engine),
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
            });
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

    static Dictionary<string, string> Headers(ExperimentConfig config, Func<string, string?> variable)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var errors = new List<ConfigError>();
        if (config.Server.ApiKeyEnv is { } key)
            Set("Authorization", key, "server.api_key_env", value => $"Bearer {value}");
        foreach (var (name, value) in config.Section(Backend.Openai).Value("headers_env") as JsonObject ?? [])
            Set(name, value?.ToString() ?? "", $"openai.headers_env.{name}", text => text);
        return errors.Count == 0 ? headers : throw new ConfigException(errors);

        void Set(string header, string from, string path, Func<string, string> form)
        {
            if (variable(from) is { Length: > 0 } secret)
                headers[header] = form(secret);
            else
                errors.Add(new(path, $"names the environment variable {from}, which is not set"));
        }
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

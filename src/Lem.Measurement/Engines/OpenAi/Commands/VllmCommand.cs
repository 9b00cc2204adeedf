using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;
using Lem.Measurement.Launching;

namespace Lem.Measurement.Engines.OpenAi.Commands;

/// <summary>The command line of <c>vllm serve</c> for an experiment.</summary>
static class VllmCommand
{
    public const string Program = "vllm";

    /// <param name="folder">What relative paths count from.</param>
    public static LaunchCommand Of(ExperimentConfig config, int port, string folder)
    {
        // With it vLLM has the pages that empty its caches and tell its settings; it listens where lem says, which is this machine unless server.host says otherwise.
        var variables = EngineVariables.Of(config);
        variables["VLLM_SERVER_DEV_MODE"] = "1";
        return new([Program, "serve", config.ModelName, .. Arguments(config, port)], variables, folder);
    }

    static IEnumerable<string> Arguments(ExperimentConfig config, int port)
    {
        var section = config.Engine;
        var arguments = new JsonObject
        {
            ["host"] = config.Server.Host,
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["served_model_name"] = config.ModelName,
            ["dtype"] = config.FpPrecision?.ToString().ToLowerInvariant(),
            ["revision"] = config.ModelRevision,
            ["seed"] = config.RandomSeed,
            ["max_model_len"] = ServerCommand.LongestSequence(config),
            // What a model's own files say about sampling would silently change what is asked of it.
            ["generation_config"] = "vllm",
        };
        if (config.Adapter is { } adapter)
        {
            arguments["enable_lora"] = true;
            arguments["lora_modules"] = new JsonObject { ["name"] = adapter, ["path"] = adapter };
        }

        foreach (var (parameter, value) in section.Given)
            if (parameter.Travel == Travel.Flag)
                arguments[parameter.Name] = value.DeepClone();
        foreach (var (name, value) in section.Extra)
            arguments[name] = value?.DeepClone();
        return arguments.SelectMany(argument => ArgparseArguments.Of(argument.Key, argument.Value));
    }
}

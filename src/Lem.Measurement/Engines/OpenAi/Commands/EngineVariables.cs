using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;

namespace Lem.Measurement.Engines.OpenAi.Commands;

/// <summary>Environment variables that an engine is started with.</summary>
static class EngineVariables
{
    public static Dictionary<string, string?> Of(ExperimentConfig config)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (config.Gpus is { } gpus)
        {
            // CUDA's own order is by speed; indices here are NVML's, by slot. An empty list hides all.
            variables["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID";
            variables["CUDA_VISIBLE_DEVICES"] = string.Join(',', gpus);
        }

        foreach (var (parameter, value) in config.Engine.Given)
            if (parameter.Travel == Travel.Environment)
                foreach (var (name, text) in value as JsonObject ?? [])
                    variables[name] = text?.ToString();
        return variables;
    }
}

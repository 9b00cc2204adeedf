using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;

namespace Lem.Measurement.Engines.OpenAi.Commands;

/// <summary>The LLM arguments of <c>trtllm-serve</c> for an experiment: what its extra-options file holds.</summary>
static class TensorRtOptions
{
    public static bool IsBuilt(ExperimentConfig config) => config.Engine.Text("backend") is "tensorrt";

    public static JsonObject Of(ExperimentConfig config)
    {
        var (section, built) = (config.Engine, IsBuilt(config));
        var options = new JsonObject
        {
            // With these it offers its request times (Prometheus) and iteration statistics; a built engine has the latter anyway, and refuses the key.
            ["return_perf_metrics"] = true,
            ["kv_cache_config"] = new JsonObject(),
        };
        if (!built)
            options["enable_iter_perf_stats"] = true;
        Set(options, "dtype", config.FpPrecision?.ToString().ToLowerInvariant());
        Set(options, "revision", config.ModelRevision);
        Set(options, "max_seq_len", ServerCommand.LongestSequence(config));
        if (built)
            Set(options, "max_input_len", config.MaxInputTokens);
        foreach (var (parameter, value) in section.Given)
            if (parameter.Travel == Travel.Load)
                Add(options, parameter.Name, value);
        if (config.Adapter is { } adapter)
            AddAdapter(options, adapter);
        // Its cache cannot be emptied from outside: off unless it is what is measured.
        if (options["kv_cache_config"] is JsonObject cache && !cache.ContainsKey("enable_block_reuse"))
            cache["enable_block_reuse"] = false;
        foreach (var (name, value) in section.Extra)
            options[name] = value?.DeepClone();
        return options;
    }

    static void Add(JsonObject options, string name, JsonNode value)
    {
        switch (name)
        {
            case "engine_path":
                break; // the model's argument
            case "force_rebuild":
                if (value.GetValueKind() == JsonValueKind.True)
                    options["enable_build_cache"] = false;
                break;
            case "engine_cache_dir":
                if (!options.ContainsKey("enable_build_cache"))
                    options["enable_build_cache"] = new JsonObject { ["cache_root"] = value.DeepClone() };
                break;
            case "cuda_graph_config" when value.GetValueKind() == JsonValueKind.False:
                options[name] = null; // its way to say none
                break;
            case "cuda_graph_config" when value.GetValueKind() == JsonValueKind.True:
                options[name] = new JsonObject();
                break;
            default:
                options[name] = value.DeepClone();
                break;
        }
    }

    static void AddAdapter(JsonObject options, string adapter)
    {
        options["enable_lora"] = true;
        if (options["lora_config"] is not JsonObject lora)
            options["lora_config"] = lora = [];
        if (!lora.ContainsKey("lora_dir"))
            lora["lora_dir"] = new JsonArray(adapter);
    }

    static void Set(JsonObject options, string name, JsonNode? value)
    {
        if (value is not null)
            options[name] = value;
    }
}

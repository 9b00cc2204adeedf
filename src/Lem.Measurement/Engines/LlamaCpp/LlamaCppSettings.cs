using System.Text.Json.Nodes;
using Lem.Core.Configuration;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>What an experiment's configuration means for the embedded engine: every parameter of its table arrives here or is refused.</summary>
public static class LlamaCppSettings
{
    /// <summary>Parameters of the table that this engine cannot take, with the reason.</summary>
    public static IEnumerable<ConfigError> Refused(ExperimentConfig config)
    {
        var section = config.Section(Backend.Llamacpp);
        if (section.Extra.Count > 0)
            yield return new("llamacpp.extra", $"the embedded engine has no parameters beyond the declared ones, so {string.Join(", ", section.Extra.Select(e => e.Key))} would reach nobody");
        if (config.Gpus is { Count: > 0 })
            yield return new("gpus", "the embedded engine uses the GPUs that CUDA_VISIBLE_DEVICES shows: set that, and gpus: [] for none");
        if (section.IsOn("lora") || config.Adapter is not null)
            yield return new(config.Adapter is null ? "llamacpp.lora" : "adapter", "adapters are not applied by this version of the embedded engine");
    }

    /// <param name="modelPath">The GGUF file.</param>
    /// <param name="maxBatch">Rows of the largest batch that can come.</param>
    /// <param name="tokensPerRequest">Prompt and output of the longest request, or null where prompts are not cut.</param>
    public static LlamaCppOptions From(ExperimentConfig config, string modelPath, int maxBatch, int? tokensPerRequest)
    {
        var section = config.Section(Backend.Llamacpp);
        return new(
            modelPath,
            maxBatch,
            tokensPerRequest,
            Whole("n_ctx") is > 0 and var context ? context : null,
            Whole("n_batch"),
            Whole("n_ubatch"),
            Whole("n_threads"),
            Whole("n_threads_batch"),
            // No GPU was asked for, so none is used: a build that has one must not surprise the reader of the result.
            Whole("n_gpu_layers") ?? (config.Gpus is { Count: 0 } ? 0 : null),
            section.Text("split_mode"),
            Whole("main_gpu"),
            section.Value("tensor_split") is JsonArray split ? [.. split.Select(share => (float)(share?.AsValue().GetValue<double>() ?? 0))] : null,
            section.Text("flash_attn"),
            section.Text("type_k"),
            section.Text("type_v"),
            section.Flag("offload_kqv"),
            section.Flag("op_offload"),
            section.Flag("kv_unified"),
            section.Flag("swa_full"),
            section.Flag("use_extra_bufts"),
            section.Flag("check_tensors"),
            section.Text("load_mode"),
            section.Text("numa"),
            section.Number("rope_freq_base"),
            section.Number("rope_freq_scale"),
            IsContinuous: config.Concurrency is not null || config.TrafficSimulation.Enabled);

        int? Whole(string path) => (int?)section.Integer(path);
    }
}

using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Hugging Face Transformers on PyTorch: keywords of from_pretrained, quantisation configs, torch.compile and generate.</summary>
/// <remarks>Names after transformers 4.45–5 (PreTrainedModel.from_pretrained, GenerationConfig, BitsAndBytesConfig) and torch 2 (torch.compile).</remarks>
public static class PyTorchParameters
{
    public static ParameterTable Table { get; } = new(Backend.Pytorch, "pytorch", [.. Loading, .. Compiling, .. Generating],
    [
        ParameterRule.Exclusive("load_in_4bit", "load_in_8bit"),
        ParameterRule.Requires("bnb_4bit_compute_dtype", "load_in_4bit"),
        ParameterRule.Requires("bnb_4bit_quant_type", "load_in_4bit"),
        ParameterRule.Requires("bnb_4bit_use_double_quant", "load_in_4bit"),
        ParameterRule.Requires("llm_int8_threshold", "load_in_8bit"),
        ParameterRule.Requires("torch_compile_backend", "torch_compile"),
        ParameterRule.Requires("torch_compile_fullgraph", "torch_compile"),
        ParameterRule.Requires("torch_compile_dynamic", "torch_compile"),
        ParameterRule.Requires("autocast_dtype", "autocast_enabled"),
        ParameterRule.Requires("tp_size", "tp_plan"),
        ParameterRule.Exclusive("tp_plan", "device_map"),
        ParameterRule.Exclusive("tp_plan", "max_memory"),
        ParameterRule.Exclusive("assistant_model", "prompt_lookup_num_tokens"),
        ParameterRule.Requires("num_assistant_tokens", "assistant_model"),
        ParameterRule.Requires("num_assistant_tokens_schedule", "assistant_model"),
        ParameterRule.Requires("assistant_confidence_threshold", "assistant_model"),
        ParameterRule.Requires("max_matching_ngram_size", "prompt_lookup_num_tokens"),
        new("cache_implementation", ConfigSeverity.Error, section =>
            section.Flag("use_cache") is false && section.IsOn("cache_implementation") ? "has an effect with use_cache only" : null),
        new("num_beams", ConfigSeverity.Error, section =>
            section.Number("num_beams") > 1 && (section.IsOn("assistant_model") || section.IsOn("prompt_lookup_num_tokens"))
                ? "must be 1 with assisted generation"
                : null),
        new("num_beam_groups", ConfigSeverity.Error, section =>
            section.Integer("num_beam_groups") is { } groups && (section.Integer("num_beams") ?? 1) % groups != 0
                ? $"must divide num_beams ({section.Integer("num_beams") ?? 1}), but is {groups}"
                : null),
        ParameterRule.Warn("trust_remote_code", section =>
            section.Flag("trust_remote_code") is true ? "runs code that comes with the model" : null),
    ]);

    static IEnumerable<Parameter> Loading =>
    [
        Parameter.Choice("attn_implementation", Travel.Load, "Attention kernel", "sdpa", "flash_attention_2", "flash_attention_3", "eager", "flex_attention")
            .WithDefault("sdpa").Shapes("attention kernel and its memory traffic"),
        Parameter.Flag("load_in_4bit", Travel.Load, "bitsandbytes 4-bit weights").WithDefault(false).Shapes("memory traffic and dequantisation"),
        Parameter.Flag("load_in_8bit", Travel.Load, "bitsandbytes LLM.int8() weights").WithDefault(false).Shapes("memory traffic and int8 products"),
        Parameter.Choice("bnb_4bit_compute_dtype", Travel.Load, "Number format of the products over 4-bit weights", "float16", "bfloat16", "float32")
            .WithDefault("float32").Shapes("which matrix units compute"),
        Parameter.Choice("bnb_4bit_quant_type", Travel.Load, "4-bit number format", "nf4", "fp4").WithDefault("fp4").Shapes("dequantisation kernel"),
        Parameter.Flag("bnb_4bit_use_double_quant", Travel.Load, "Quantises the scales too").WithDefault(false).Shapes("dequantisation, memory"),
        Parameter.Number("llm_int8_threshold", Travel.Load, "Outliers above this stay in 16 bit", min: 0).WithDefault(6.0).Shapes("share of 16-bit products"),
        Parameter.Flag("low_cpu_mem_usage", Travel.Load, "Loads weights without a second copy in host memory").CostsNothing("load time only, outside the window"),
        Parameter.Of("device_map", new EitherShape([new ChoiceShape(["auto", "balanced", "balanced_low_0", "sequential", "cpu"]), new MapShape(new EitherShape([new IntegerShape(), new TextShape()])), new TextShape()]),
            Travel.Load, "Which device holds which layers").Shapes("placement, traffic between devices"),
        Parameter.Of("max_memory", new MapShape(new EitherShape([new TextShape(), new IntegerShape(Min: 0)])), Travel.Load, "Most memory per device")
            .Shapes("placement, offload"),
        Parameter.Text("offload_folder", Travel.Load, "Where weights go that fit on no device").Shapes("disk traffic while generating"),
        Parameter.Choice("tp_plan", Travel.Load, "Tensor parallelism over the processes", "auto").Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("tp_size", Travel.Load, "Ranks of tensor parallelism", min: 1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Flag("use_safetensors", Travel.Load, "Refuses pickled weights").WithDefault(true).CostsNothing("load time only, outside the window"),
        Parameter.Flag("trust_remote_code", Travel.Load, "Runs code that comes with the model").WithDefault(false).CostsNothing("decides whether it runs, not how"),
        Parameter.Text("variant", Travel.Load, "Variant of the weight files").CostsNothing("another file of the same weights"),
        Parameter.Flag("allow_tf32", Travel.Load, "TensorFloat-32 for float32 products").WithDefault(false).Shapes("which matrix units compute"),
        Parameter.Flag("autocast_enabled", Travel.Load, "Mixed precision by torch.autocast").WithDefault(false).Shapes("number format of the products"),
        Parameter.Choice("autocast_dtype", Travel.Load, "Number format under autocast", "float16", "bfloat16").Shapes("number format of the products"),
        Parameter.Of("quantization_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "Any other quantisation config, by quant_method and its fields")
            .Shapes("memory traffic and dequantisation"),
    ];

    static IEnumerable<Parameter> Compiling =>
    [
        Parameter.Of("torch_compile", new EitherShape([new BooleanShape(), new ChoiceShape(["default", "reduce-overhead", "max-autotune", "max-autotune-no-cudagraphs"])]),
            Travel.Load, "Compiles the model; a mode, or true for the default mode").WithDefault(false).Shapes("kernel fusion, launch overhead"),
        Parameter.Choice("torch_compile_backend", Travel.Load, "Compiler behind torch.compile", "inductor", "cudagraphs", "onnxrt", "aot_eager")
            .WithDefault("inductor").Shapes("kernel fusion, launch overhead"),
        Parameter.Flag("torch_compile_fullgraph", Travel.Load, "Fails rather than splits the graph").WithDefault(false).Shapes("launch overhead"),
        Parameter.Flag("torch_compile_dynamic", Travel.Load, "One graph for changing shapes").Shapes("recompilation, kernel choice"),
    ];

    static IEnumerable<Parameter> Generating =>
    [
        Parameter.Flag("use_cache", Travel.Generate, "Keeps keys and values of earlier tokens").WithDefault(true).Shapes("recomputation of the whole prefix per token"),
        Parameter.Choice("cache_implementation", Travel.Generate, "Kind of KV cache",
            "dynamic", "static", "offloaded", "offloaded_static", "quantized", "hybrid", "sliding_window").Shapes("memory traffic, compilation"),
        Parameter.Of("cache_config", new MapShape(new AnyShape { Nullable = true }), Travel.Generate, "Details of the cache implementation").Shapes("memory traffic"),
        Parameter.Integer("prefill_chunk_size", Travel.Generate, "Tokens of prefill at a time", min: 1).Shapes("size of the products in prefill"),
        Parameter.Integer("num_beams", Travel.Generate, "Beams of beam search; above 1 tokens cannot be streamed", min: 1, max: 16).WithDefault(1)
            .Shapes("sequences per request"),
        Parameter.Integer("num_beam_groups", Travel.Generate, "Groups of diverse beam search", min: 1).WithDefault(1).Shapes("search steps"),
        Parameter.Number("diversity_penalty", Travel.Generate, "Penalty between beam groups", min: 0).WithDefault(0.0).CostsNothing("the same operations on other numbers"),
        Parameter.Number("length_penalty", Travel.Generate, "Above 0 favours longer beams").WithDefault(1.0).Shapes("output length under beam search"),
        Parameter.Of("early_stopping", new EitherShape([new BooleanShape(), new ChoiceShape(["never"])]), Travel.Generate, "When beam search stops").WithDefault(false)
            .Shapes("output length under beam search"),
        Parameter.Integer("no_repeat_ngram_size", Travel.Generate, "No n-gram of this size comes twice; 0 = off", min: 0).WithDefault(0).Shapes("CPU work per token"),
        Parameter.Integer("num_return_sequences", Travel.Generate, "Answers per prompt", min: 1).WithDefault(1).Shapes("sequences per request"),
        Parameter.Number("typical_p", Travel.Generate, "Locally typical sampling; 1 = off", above: 0, max: 1).WithDefault(1.0).Shapes("work per token in sampling"),
        Parameter.Number("epsilon_cutoff", Travel.Generate, "Tokens below this probability are dropped; 0 = off", min: 0, below: 1).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Number("eta_cutoff", Travel.Generate, "Entropy-dependent cut-off; 0 = off", min: 0, below: 1).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Number("penalty_alpha", Travel.Generate, "Contrastive search; not given = off", min: 0, max: 1).Shapes("forward passes per token"),
        Parameter.Number("guidance_scale", Travel.Generate, "Classifier-free guidance; not given = off", above: 0).Shapes("forward passes per token"),
        Parameter.Text("assistant_model", Travel.Generate, "Draft model of assisted generation").Shapes("forward passes per token"),
        Parameter.Integer("num_assistant_tokens", Travel.Generate, "Tokens drafted at a time", min: 1, max: 64).WithDefault(20).Shapes("forward passes per token"),
        Parameter.Choice("num_assistant_tokens_schedule", Travel.Generate, "How the draft length adapts", "heuristic", "heuristic_transient", "constant")
            .WithDefault("constant").Shapes("forward passes per token"),
        Parameter.Number("assistant_confidence_threshold", Travel.Generate, "The draft stops below this confidence", min: 0, max: 1).WithDefault(0.4).Shapes("forward passes per token"),
        Parameter.Integer("prompt_lookup_num_tokens", Travel.Generate, "Drafts by looking up n-grams in the prompt: tokens at a time", min: 1).Shapes("forward passes per token"),
        Parameter.Integer("max_matching_ngram_size", Travel.Generate, "Longest n-gram that is looked up", min: 1).WithDefault(2).Shapes("acceptance of drafts"),
        Parameter.Flag("disable_compile", Travel.Generate, "Leaves generation uncompiled with a static cache").WithDefault(false).Shapes("launch overhead"),
        Parameter.Flag("output_scores", Travel.Generate, "Returns the scores of each token").WithDefault(false).Shapes("memory per token"),
        Parameter.Flag("output_attentions", Travel.Generate, "Returns attention weights; forces a kernel that has them").WithDefault(false).Shapes("attention kernel, memory"),
        Parameter.Flag("output_hidden_states", Travel.Generate, "Returns hidden states").WithDefault(false).Shapes("memory per token"),
        Parameter.Flag("return_dict_in_generate", Travel.Generate, "Returns a structured answer").WithDefault(false).CostsNothing("form of the answer"),
    ];
}

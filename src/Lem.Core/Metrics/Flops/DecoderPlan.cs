namespace Lem.Core.Metrics.Flops;

/// <summary>Which layers of a Hugging Face model have experts and which look back through a window.</summary>
sealed class DecoderPlan(HuggingFaceConfig config, string family, int layerCount)
{
    // More layers than any model has: a damaged file must not cost memory, and is refused before.
    public const int LargestLayerCount = 4096;

    readonly int _experts = config.Size("num_local_experts", "num_experts", "n_routed_experts") ?? 0;
    readonly int _active = config.Size("num_experts_per_tok", "num_experts_per_token") ?? 0;
    readonly int? _window = config.Flag("use_sliding_window") == false ? null : config.Size("sliding_window");

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int HeadDimension { get; init; }

    public required int FeedForward { get; init; }

    public required bool Gated { get; init; }

    public IEnumerable<TransformerLayer> Layers()
    {
        var types = config.Texts("layer_types");
        for (var index = 0; index < layerCount; index++)
        {
            var window = IsWindowed(index, types) ? _window : null;
            yield return HasExperts(index)
                ? Layer(config.Size("moe_intermediate_size") ?? FeedForward, window) with
                {
                    Experts = _experts,
                    ActiveExperts = Math.Min(_active, _experts),
                    SharedFeedForward = config.Size("shared_expert_intermediate_size", "shared_intermediate_size") ?? 0,
                }
                : Layer(FeedForward, window);
        }
    }

    TransformerLayer Layer(int feedForward, int? window) =>
        new(Heads, KeyValueHeads, HeadDimension, feedForward, Gated, SlidingWindow: window);

    // Qwen's MoE models may have experts in every n-th layer only.
    bool HasExperts(int index) => _experts > 0 && _active > 0 && (index + 1) % (config.Size("decoder_sparse_step") ?? 1) == 0;

    bool IsWindowed(int index, IReadOnlyList<string>? types)
    {
        if (_window is null)
            return false;
        if (types is not null && index < types.Count)
            return types[index] == "sliding_attention";
        return family switch
        {
            "gemma2" or "gpt_oss" => index % 2 == 0,
            "gemma3" or "gemma3_text" => (index + 1) % (config.Size("sliding_window_pattern") ?? 6) != 0,
            "cohere2" => (index + 1) % (config.Size("sliding_window_pattern") ?? 4) != 0,
            // Qwen's first layers look back on everything.
            "qwen2" or "qwen2_moe" or "qwen3" or "qwen3_moe" => index >= (config.Size("max_window_layers") ?? int.MaxValue),
            _ => true,
        };
    }
}

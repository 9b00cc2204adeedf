using Lem.Core.Metrics.Flops;

namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>Reads the dimensions of a transformer from a GGUF file's metadata and tensor directory.</summary>
static class GgufArchitectureReader
{
    const int LargestLayerCount = 4096;

    // Families whose layer pattern of windows llama.cpp knows by itself: one full layer in so many.
    static readonly Dictionary<string, int> WindowPatterns = new()
    {
        ["gemma2"] = 2,
        ["gemma3"] = 6,
        ["cohere2"] = 4,
        ["gpt-oss"] = 2,
        ["olmo2"] = 4,
    };

    /// <returns>The architecture, or null and the reason.</returns>
    public static (ModelArchitecture? Architecture, string? Reason) Read(GgufFile file)
    {
        var sizes = new GgufDimensions(file);
        if (file.Architecture is not { } family)
            return (null, "the file has no general.architecture");
        if (sizes.Size("block_count") is not { } layers || sizes.Size("embedding_length") is not { } hidden
            || sizes.Size("attention.head_count") is null || sizes.Vocabulary is not { } vocabulary)
            return (null, $"the file lacks one of {family}.block_count, {family}.embedding_length, {family}.attention.head_count, or its vocabulary");
        if (layers > LargestLayerCount)
            return (null, $"the file says {layers} layers, above the limit of {LargestLayerCount}");

        var gated = IsGated(file, sizes);
        var decoder = TransformerLayer.Group(Enumerable.Range(0, layers).Select(layer => Layer(sizes, family, hidden, layer, gated)));
        var isEncoderDecoder = file.Tensors.Any(tensor => tensor.Name.StartsWith("enc.blk.", StringComparison.Ordinal))
            && file.Tensors.Any(tensor => tensor.Name.StartsWith("dec.blk.", StringComparison.Ordinal));
        return (
            new ModelArchitecture(
                family,
                hidden,
                vocabulary,
                decoder,
                Encoder: isEncoderDecoder ? decoder : null,
                TiedEmbeddings: file.Tensors.Count > 0 && file.Tensors.All(tensor => tensor.Name != "output.weight"),
                MaximumContext: sizes.Size("context_length"),
                LearnedPositions: LearnedPositions(file)),
            null);
    }

    static TransformerLayer Layer(GgufDimensions sizes, string family, int hidden, int layer, bool gated)
    {
        var heads = sizes.Size("attention.head_count", layer) ?? 0;
        var dense = new TransformerLayer(
            heads,
            sizes.Size("attention.head_count_kv", layer) ?? heads,
            sizes.Size("attention.key_length") ?? (heads > 0 ? hidden / heads : 0),
            sizes.Size("feed_forward_length", layer) ?? 0,
            gated,
            SlidingWindow: IsWindowed(sizes, family, layer) ? sizes.Size("attention.sliding_window") : null);

        if (sizes.Size("expert_count") is not { } experts || sizes.Size("expert_used_count") is not { } active
            || layer < (sizes.Size("leading_dense_block_count") ?? 0))
            return dense;

        var width = sizes.Size("expert_feed_forward_length") ?? dense.FeedForward;
        return dense with
        {
            FeedForward = width,
            Experts = experts,
            ActiveExperts = Math.Min(active, experts),
            SharedFeedForward = sizes.Size("expert_shared_feed_forward_length") ?? (sizes.Size("expert_shared_count") ?? 0) * width,
        };
    }

    static bool IsWindowed(GgufDimensions sizes, string family, int layer)
    {
        if (sizes.Flag("attention.sliding_window_pattern", layer) is { } said)
            return said;
        var pattern = sizes.Size("attention.sliding_window_pattern") ?? (WindowPatterns.TryGetValue(family, out var known) ? known : 0);
        return pattern == 0 || (layer + 1) % pattern != 0;
    }

    /// <summary>Gate and up projection apart, or both in one tensor of twice the width.</summary>
    static bool IsGated(GgufFile file, GgufDimensions sizes)
    {
        string[] gates = ["ffn_gate.", "ffn_gate_exps.", "ffn_gate_up_exps."];
        if (file.Tensors.Any(tensor => gates.Any(gate => tensor.Name.Contains(gate, StringComparison.Ordinal))))
            return true;
        var up = file.Tensors.FirstOrDefault(tensor => tensor.Name == "blk.0.ffn_up.weight");
        return up is { Dimensions: [_, var width] } ? width == 2L * sizes.Size("feed_forward_length", 0) : file.Tensors.Count == 0;
    }

    static int LearnedPositions(GgufFile file) =>
        file.Tensors.FirstOrDefault(tensor => tensor.Name == "position_embd.weight") is { Dimensions: [_, var rows and <= int.MaxValue] }
            ? (int)rows
            : 0;
}

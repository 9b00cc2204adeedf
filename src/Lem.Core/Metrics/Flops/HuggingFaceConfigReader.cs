using System.Text.Json;

namespace Lem.Core.Metrics.Flops;

/// <summary>Reads the dimensions of a model from its Hugging Face <c>config.json</c>.</summary>
/// <remarks>
/// Keys and defaults are those of Transformers 5 (<c>configuration_*.py</c>). Families whose layers are no plain transformer layers
/// (latent attention, state spaces, hybrids) are refused by name: a wrong number would be worse than none.
/// </remarks>
public static class HuggingFaceConfigReader
{
    /// <returns>The architecture, or null and the reason why the formulas do not hold for this configuration.</returns>
    /// <exception cref="LemException">The text is no JSON object.</exception>
    public static (ModelArchitecture? Architecture, string? Reason) Read(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new LemException($"{name}: not a JSON object", "Give the config.json of a Hugging Face model.");
            return Read(new HuggingFaceConfig(document.RootElement));
        }
        catch (JsonException e)
        {
            throw new LemException($"{name}: not readable as JSON: {e.Message}", "Give the config.json of a Hugging Face model.", e);
        }
    }

    static (ModelArchitecture?, string?) Read(HuggingFaceConfig config)
    {
        var family = config.Text("model_type") ?? "";
        if (family is "t5" or "mt5" or "umt5")
            return T5(config, family);
        if (HuggingFaceFamilies.IsGated(family) is not { } gated)
            return (null, $"the formulas are not known to hold for model_type '{family}'");

        var hidden = config.Size("hidden_size", "n_embd", "d_model");
        var layers = config.Size("num_hidden_layers", "n_layer", "num_layers", "n_layers");
        var heads = config.Size("num_attention_heads", "n_head", "n_heads", "num_heads");
        var vocabulary = config.Size("vocab_size");
        if (hidden is null || layers is null || heads is null || vocabulary is null)
            return (null, "config.json lacks one of hidden_size, num_hidden_layers, num_attention_heads, vocab_size");
        if (layers > DecoderPlan.LargestLayerCount)
            return (null, $"config.json says {layers} layers, above the limit of {DecoderPlan.LargestLayerCount}");
        // Only GPT-2's relatives leave the width of the feed-forward block to a rule.
        var feedForward = config.Size("intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size")
            ?? (gated ? null : 4 * hidden);
        if (feedForward is null)
            return (null, "config.json lacks intermediate_size");

        var plan = new DecoderPlan(config, family, layers.Value)
        {
            Heads = heads.Value,
            KeyValueHeads = HuggingFaceFamilies.KeyValueHeads(family, config) ?? heads.Value,
            HeadDimension = config.Size("head_dim") ?? hidden.Value / heads.Value,
            FeedForward = feedForward.Value,
            Gated = gated,
        };
        return (
            new ModelArchitecture(
                family,
                hidden.Value,
                vocabulary.Value,
                TransformerLayer.Group(plan.Layers()),
                TiedEmbeddings: config.Flag("tie_word_embeddings") ?? HuggingFaceFamilies.TiesByDefault(family),
                MaximumContext: config.Size("max_position_embeddings", "n_positions", "max_seq_len"),
                LearnedPositions: HuggingFaceFamilies.LearnedPositions(family, config)),
            null);
    }

    static (ModelArchitecture?, string?) T5(HuggingFaceConfig config, string family)
    {
        var hidden = config.Size("d_model");
        var layers = config.Size("num_layers");
        var heads = config.Size("num_heads");
        var feedForward = config.Size("d_ff");
        var vocabulary = config.Size("vocab_size");
        var headDimension = config.Size("d_kv");
        if (hidden is null || layers is null || heads is null || feedForward is null || vocabulary is null || headDimension is null)
            return (null, "config.json lacks one of d_model, num_layers, num_heads, d_ff, d_kv, vocab_size");

        var gated = config.Text("feed_forward_proj")?.StartsWith("gated", StringComparison.Ordinal) ?? false;
        var layer = new TransformerLayer(heads.Value, heads.Value, headDimension.Value, feedForward.Value, gated, Count: layers.Value);
        return (
            new ModelArchitecture(
                family,
                hidden.Value,
                vocabulary.Value,
                Decoder: [layer with { Count = config.Size("num_decoder_layers") ?? layers.Value }],
                Encoder: [layer],
                TiedEmbeddings: config.Flag("tie_word_embeddings") ?? true),
            null);
    }
}

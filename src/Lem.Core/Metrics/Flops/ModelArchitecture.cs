namespace Lem.Core.Metrics.Flops;

/// <summary>What decides the work of a transformer's forward pass: its dimensions, layer by layer.</summary>
/// <param name="Family">The architecture's name in its own file: <c>llama</c>, <c>qwen2</c>, <c>t5</c>.</param>
/// <param name="Hidden">h: width of the residual stream.</param>
/// <param name="Decoder">Kinds of layers of the decoder, in the order in which they first occur.</param>
/// <param name="Encoder">Kinds of layers of the encoder of an encoder-decoder; the decoder's layers then have cross-attention.</param>
/// <param name="TiedEmbeddings">The head is the embedding: the same work, fewer parameters.</param>
/// <param name="MaximumContext">Tokens the model was made for, or null where unknown.</param>
/// <param name="LearnedPositions">Rows of a learned position embedding (GPT-2); 0 for rotary and relative positions.</param>
public sealed record ModelArchitecture(
    string Family,
    int Hidden,
    int Vocabulary,
    IReadOnlyList<TransformerLayer> Decoder,
    IReadOnlyList<TransformerLayer>? Encoder = null,
    bool TiedEmbeddings = false,
    int? MaximumContext = null,
    int LearnedPositions = 0)
{
    public bool IsEncoderDecoder => Encoder is not null;

    public int Layers => Decoder.Sum(layer => layer.Count) + (Encoder?.Sum(layer => layer.Count) ?? 0);

    /// <summary>Linear FLOP of the decoder per token, without attention scores and head: 2 × the weights that work on it.</summary>
    public double LinearFlopPerToken => 2.0 * Decoder.Sum(layer => layer.Count * DecoderWeights(layer, layer.ActiveFeedForwardWeights(Hidden)));

    /// <summary>FLOP per token of the last layer's feed-forward block: of the kind of layer that comes last in <see cref="Decoder"/>.</summary>
    public double LastFeedForwardFlopPerToken => Decoder is [.., var last] ? 2.0 * last.ActiveFeedForwardWeights(Hidden) : 0;

    /// <summary>FLOP of the head per generated token: 2·h·vocab.</summary>
    public double HeadFlopPerToken => 2.0 * Hidden * Vocabulary;

    /// <summary>Linear FLOP of the encoder per input token; 0 without an encoder.</summary>
    public double EncoderLinearFlopPerToken =>
        2.0 * (Encoder?.Sum(layer => layer.Count * (layer.AttentionWeights(Hidden) + layer.ActiveFeedForwardWeights(Hidden))) ?? 0);

    /// <summary>FLOP per input token for the keys and values that the decoder's cross-attention looks at; 0 without an encoder.</summary>
    public double CrossKeyValueFlopPerToken =>
        IsEncoderDecoder ? 2.0 * Decoder.Sum(layer => layer.Count * layer.CrossKeyValueWeights(Hidden)) : 0;

    /// <summary>Parameters in closed form: the matrices, without biases and norms (below 0.5 % of any model).</summary>
    public ParameterCounts Parameters
    {
        get
        {
            var active = NonEmbedding(layer => layer.ActiveFeedForwardWeights(Hidden));
            var stored = NonEmbedding(layer => layer.StoredFeedForwardWeights(Hidden));
            var embedding = (double)Hidden * ((TiedEmbeddings ? 1 : 2) * (double)Vocabulary + LearnedPositions);
            return new ParameterCounts((long)(stored + embedding), (long)embedding, (long)stored, (long)active);
        }
    }

    double NonEmbedding(Func<TransformerLayer, double> feedForward)
    {
        var encoder = Encoder?.Sum(layer => layer.Count * (layer.AttentionWeights(Hidden) + feedForward(layer))) ?? 0;
        var decoder = Decoder.Sum(layer => layer.Count * DecoderWeights(layer, feedForward(layer)));
        var crossKeyValue = IsEncoderDecoder ? Decoder.Sum(layer => layer.Count * layer.CrossKeyValueWeights(Hidden)) : 0;
        return encoder + decoder + crossKeyValue;
    }

    double DecoderWeights(TransformerLayer layer, double feedForward) =>
        layer.AttentionWeights(Hidden) + (IsEncoderDecoder ? layer.CrossQueryWeights(Hidden) : 0) + feedForward;
}

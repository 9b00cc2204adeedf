namespace Lem.Core.Metrics.Flops;

/// <summary>One kind of transformer layer, and how many of it a model has.</summary>
/// <remarks>Weights are counted in doubles: exact up to 2^53, far above any model, and no overflow where a damaged file states nonsense.</remarks>
/// <param name="KeyValueHeads">Equal to <paramref name="Heads"/> in plain attention, fewer in grouped-query attention, 1 in multi-query.</param>
/// <param name="HeadDimension">Width of one head; heads × this is the width of the queries, not always the hidden size (Gemma).</param>
/// <param name="FeedForward">Inner width of the feed-forward block, of one expert where there are experts.</param>
/// <param name="Gated">Three matrices (SwiGLU, GeGLU) instead of two.</param>
/// <param name="Experts">Experts to choose from; 0 is a dense layer.</param>
/// <param name="ActiveExperts">Experts that work on each token.</param>
/// <param name="SharedFeedForward">Inner width of the experts that work on every token beside the chosen ones.</param>
/// <param name="SlidingWindow">Tokens a token can look back on, itself included; null is all.</param>
public sealed record TransformerLayer(
    int Heads,
    int KeyValueHeads,
    int HeadDimension,
    int FeedForward,
    bool Gated = true,
    int Experts = 0,
    int ActiveExperts = 0,
    int SharedFeedForward = 0,
    int? SlidingWindow = null,
    int Count = 1)
{
    /// <summary>h_q: width of all queries together.</summary>
    public long QueryWidth => (long)Heads * HeadDimension;

    /// <summary>h_kv: width of all keys, or of all values, together.</summary>
    public long KeyValueWidth => (long)KeyValueHeads * HeadDimension;

    /// <summary>Weights of the attention projections of one layer: h·h_q + 2·h·h_kv + h_q·h.</summary>
    public double AttentionWeights(double hidden) => hidden * QueryWidth + 2 * hidden * KeyValueWidth + QueryWidth * hidden;

    /// <summary>Weights of the cross-attention that work per output token: query and output projection.</summary>
    public double CrossQueryWeights(double hidden) => 2 * hidden * QueryWidth;

    /// <summary>Weights of the cross-attention that work once per input token: keys and values of the encoder's output.</summary>
    public double CrossKeyValueWeights(double hidden) => 2 * hidden * KeyValueWidth;

    /// <summary>Feed-forward weights that work on each token: k·h·inter (k = 3 gated, 2 plain), of the active experts, with the router.</summary>
    public double ActiveFeedForwardWeights(double hidden) => FeedForwardWeights(hidden, ActiveExperts);

    /// <summary>Feed-forward weights that are stored: as <see cref="ActiveFeedForwardWeights"/>, of all experts.</summary>
    public double StoredFeedForwardWeights(double hidden) => FeedForwardWeights(hidden, Experts);

    double FeedForwardWeights(double hidden, int experts)
    {
        var matrices = Gated ? 3 : 2;
        return Experts == 0
            ? matrices * hidden * FeedForward
            : matrices * hidden * ((double)experts * FeedForward + SharedFeedForward) + hidden * Experts;
    }

    /// <summary>Counts equal layers together, so that a model of eighty equal layers is one entry.</summary>
    public static IReadOnlyList<TransformerLayer> Group(IEnumerable<TransformerLayer> layers) =>
        [.. layers.GroupBy(layer => layer with { Count = 1 }).Select(group => group.Key with { Count = group.Sum(layer => layer.Count) })];
}

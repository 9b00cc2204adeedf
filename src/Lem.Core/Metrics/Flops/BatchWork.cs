namespace Lem.Core.Metrics.Flops;

/// <summary>How much a batch has to do in one phase, before any model is known.</summary>
/// <param name="Tokens">Tokens through the decoder's layers.</param>
/// <param name="Heads">Times the head runs.</param>
/// <param name="Attention">Query–key pairs under a window (null: none) in the decoder's self-attention.</param>
/// <param name="EncoderTokens">Tokens through the encoder.</param>
/// <param name="EncoderPairs">Query–key pairs of the encoder's self-attention.</param>
/// <param name="CrossPairs">Query–key pairs of the cross-attention.</param>
/// <param name="EarlyEnds">Of the tokens, those that do not pass the last layer's feed-forward block.</param>
sealed record BatchWork(
    double Tokens,
    double Heads,
    Func<int?, double> Attention,
    double EncoderTokens = 0,
    double EncoderPairs = 0,
    double CrossPairs = 0,
    double EarlyEnds = 0)
{
    public double FlopOf(ModelArchitecture model)
    {
        var scores = model.Decoder.Sum(layer => layer.Count * 4.0 * layer.QueryWidth * (Attention(layer.SlidingWindow) + CrossPairs));
        var encoderScores = model.Encoder?.Sum(layer => layer.Count * 4.0 * layer.QueryWidth * EncoderPairs) ?? 0;
        return Tokens * model.LinearFlopPerToken
            - EarlyEnds * model.LastFeedForwardFlopPerToken
            + Heads * model.HeadFlopPerToken
            + EncoderTokens * (model.EncoderLinearFlopPerToken + model.CrossKeyValueFlopPerToken)
            + scores
            + encoderScores;
    }

    /// <summary>Two per parameter and token, and the head; attention scores are left out.</summary>
    public double FlopOf(long parameters, double headFlop) => Tokens * 2.0 * parameters + Heads * headFlop;
}

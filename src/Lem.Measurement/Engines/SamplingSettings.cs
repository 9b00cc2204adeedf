namespace Lem.Measurement.Engines;

/// <summary>How the next token is chosen; the sampling chain's order is llama.cpp's and Transformers': penalty, top-k, top-p, min-p, temperature.</summary>
/// <param name="Temperature">0 = greedy.</param>
/// <param name="TopK">0 = off.</param>
public sealed record SamplingSettings(
    bool Greedy,
    double Temperature = 1,
    int TopK = 0,
    double TopP = 1,
    double MinP = 0,
    double RepetitionPenalty = 1);

namespace Lem.Core.Metrics.Steady;

/// <summary>One static batch of a window; seconds since window open.</summary>
/// <param name="IsFull">It had as many rows, or tokens, as it may have.</param>
public readonly record struct BatchRun(double StartS, double EndS, long OutputTokens, bool IsFull);

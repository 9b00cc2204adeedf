namespace Lem.Core.Results;

/// <summary>What a request must keep to count as good; null = not asked for.</summary>
public sealed record LatencyObjectives(double? TtftMs = null, double? TpotMs = null, double? E2eMs = null);

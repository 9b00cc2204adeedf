namespace Lem.Cli.Aggregation;

/// <summary>A window that could not be aggregated, why, and what to do.</summary>
sealed record WindowFailure(string WindowId, string Message, string? Hint);

namespace Lem.Cli.Aggregation;

/// <summary>What <c>lem aggregate</c> was asked for.</summary>
/// <param name="Id">An experiment; null with <paramref name="All"/>.</param>
sealed record AggregateRequest(string? Id, bool All, bool Force, bool Strict, bool AllowMixedBackends);

namespace Lem.Core.Results.Listing;

/// <summary>What a list says of statistics over cycles.</summary>
public sealed record CycleDigest(string ExperimentId, IReadOnlyList<FindingDigest> Findings);

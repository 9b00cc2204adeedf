namespace Lem.Core.Results.Listing;

/// <summary>What a list says of a finding: that there is one of this kind, and how much it weighs.</summary>
public sealed record FindingDigest(string Code, FindingSeverity Severity);

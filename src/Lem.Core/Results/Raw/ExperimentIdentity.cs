namespace Lem.Core.Results.Raw;

/// <summary>Which measurement this is, of what, by what.</summary>
/// <param name="ExperimentId">Id of the experiment; equal in all its cycles.</param>
/// <param name="CycleIndex">Which window of the experiment, counted from zero.</param>
/// <param name="CycleCount">How many windows were asked for.</param>
/// <param name="ModelRevision">Hub commit and etag, or file size and modification time.</param>
/// <param name="ConfigHash">SHA-256 of the canonical effective configuration.</param>
/// <param name="Synthetic">The weights are dummies: cost is real, text is not.</param>
public sealed record ExperimentIdentity(
    string ExperimentId,
    string ConfigName,
    int CycleIndex,
    int CycleCount,
    string ModelName,
    string? ModelRevision,
    string Backend,
    string? BackendVersion,
    string? ImageDigest,
    string ConfigHash,
    bool Synthetic,
    CampaignCell? Campaign);

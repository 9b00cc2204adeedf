namespace Lem.Measurement.Hosts;

/// <summary>What a snapshot cannot read from the machine and is told instead.</summary>
/// <param name="LemVersion">Version of this program.</param>
/// <param name="LemCommit">Commit it was built from, or null.</param>
/// <param name="Variable">Looks up an environment variable.</param>
/// <param name="OwnProcessIds">Processes of this experiment: they are no "other users" of a GPU.</param>
public sealed record HostIdentity(
    string LemVersion,
    string? LemCommit,
    Func<string, string?> Variable,
    IReadOnlyCollection<int> OwnProcessIds);

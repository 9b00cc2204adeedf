namespace Lem.Measurement.Hosts;

/// <summary>What a snapshot cannot read from the machine and is told instead.</summary>
/// <param name="LemVersion">Version of this program.</param>
/// <param name="LemCommit">Commit it was built from, or null.</param>
/// <param name="Variable">Looks up an environment variable.</param>
/// <param name="IsOwn">Whether a process belongs to this experiment: it is no "other user" of a GPU.</param>
public sealed record HostIdentity(
    string LemVersion,
    string? LemCommit,
    Func<string, string?> Variable,
    Func<int, bool> IsOwn);

namespace Lem.Cli.Machine;

/// <param name="Version">Null = it is not there, or does not answer.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
sealed record DockerPart(string? Version, string? Problem, string? Fix);

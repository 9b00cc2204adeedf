namespace Lem.Measurement.Launching.Containers;

/// <summary>What an engine wants of its container beside what the compose file says.</summary>
/// <param name="Paths">Models that lie on this machine: visible in there at the same path, read-only.</param>
/// <param name="MustSeePaths">The command line is lem's and names them; one that the user gives may name them as they are called in there.</param>
/// <param name="WriteToken">Writes the hub's token into a file; null = there is none.</param>
/// <param name="Gpus">It computes on GPUs: they must be visible in there.</param>
/// <param name="Variables">Of lem's own environment, handed on where they are set.</param>
public sealed record ContainerNeeds(IReadOnlyList<string> Paths, bool MustSeePaths, Action<string>? WriteToken = null, bool Gpus = false, IReadOnlyList<string>? Variables = null);

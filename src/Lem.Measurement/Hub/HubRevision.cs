namespace Lem.Measurement.Hub;

/// <summary>A state of a repository.</summary>
/// <param name="Commit">Forty hexadecimal digits.</param>
/// <param name="Files">Paths with forward slashes, in order.</param>
sealed record HubRevision(string Commit, IReadOnlyList<string> Files);

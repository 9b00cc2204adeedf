namespace Lem.Measurement.Hub;

/// <summary>A file as the hub describes it.</summary>
/// <param name="Name">Path in the repository, with forward slashes.</param>
/// <param name="Etag">What its content is called in the cache: its SHA-256 (large files), or git's SHA-1.</param>
sealed record HubFileHead(string Name, string Commit, string Etag, long LengthBytes);

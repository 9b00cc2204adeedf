namespace Lem.Measurement.Hub;

/// <summary>A file of the hub that lies in the cache.</summary>
/// <param name="Path">In the snapshot of its commit; usually a link to the blob.</param>
/// <param name="Etag">Name of its content; null where the snapshot holds a copy, which does not tell.</param>
public sealed record HubFile(string Path, string Commit, string? Etag);

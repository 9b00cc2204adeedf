namespace Lem.Measurement.Hub;

/// <summary>How far a file has come.</summary>
/// <param name="Name">Path in its repository.</param>
public readonly record struct DownloadProgress(string Name, long DoneBytes, long LengthBytes);

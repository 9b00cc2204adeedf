namespace Lem.Cli.Experiments;

/// <summary>A model that lies on this machine, ready to be loaded.</summary>
/// <param name="Path">Its GGUF file, the first where it has several.</param>
/// <param name="Revision">Commit and etag, where it comes from the hub; null = length and time of the file tell it apart.</param>
sealed record PreparedModel(string Path, string? Revision);

namespace Lem.Core.Configuration;

/// <summary>The compose file and the service an engine runs in; null = lem's own.</summary>
public sealed record DockerConfig(string? ComposeFile = null, string? Service = null);

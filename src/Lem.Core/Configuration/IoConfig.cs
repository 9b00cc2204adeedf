namespace Lem.Core.Configuration;

/// <summary>Where results go; null = the environment's or the settings' directory, else <c>results/</c>.</summary>
public sealed record IoConfig(string? ResultsDir = null);

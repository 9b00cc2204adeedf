namespace Lem.Core.Configuration.Campaigns;

/// <summary>Whether cells start cold: the model unloaded, or even the container restarted, between them.</summary>
public sealed record ColdStartConfig(bool ForceColdStart = false, bool RestartContainer = false);

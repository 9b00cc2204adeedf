namespace Lem.Core.Metrics.Flops;

/// <summary>Dimensions of a transformer, as far as its cost depends on them.</summary>
public sealed record ModelArchitecture(string Name);

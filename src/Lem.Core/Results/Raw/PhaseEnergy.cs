using Lem.Core.Units;

namespace Lem.Core.Results.Raw;

/// <summary>Energy of one device during one phase.</summary>
public sealed record PhaseEnergy(EnergyDomain Domain, string Device, Joules? EnergyJ, EnergyMethod? Method, string? Reason);

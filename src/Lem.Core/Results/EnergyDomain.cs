namespace Lem.Core.Results;

/// <summary>What draws the power: a GPU, a CPU package, or its memory.</summary>
public enum EnergyDomain
{
    Gpu,
    Cpu,
    Dram,
}

namespace Lem.Measurement.Energy;

/// <summary>The part of a machine whose energy is told apart.</summary>
public enum EnergyDomain
{
    Gpu,
    Cpu,
    Dram,
}

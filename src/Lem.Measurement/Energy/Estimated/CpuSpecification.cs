namespace Lem.Measurement.Energy.Estimated;

/// <summary>What a vendor says of one processor package.</summary>
/// <param name="DesignPowerWatts">Thermal design power of the package.</param>
/// <param name="Threads">Logical CPUs of the package.</param>
sealed record CpuSpecification(int DesignPowerWatts, int Threads);

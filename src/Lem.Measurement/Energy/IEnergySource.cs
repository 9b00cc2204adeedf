namespace Lem.Measurement.Energy;

/// <summary>Something that knows the energy or power of some devices now.</summary>
public interface IEnergySource : IDisposable
{
    /// <summary>nvml, rapl, or estimate.</summary>
    string Name { get; }

    /// <summary>What it reads, known from the start and never changing.</summary>
    IReadOnlyList<EnergyChannel> Channels { get; }

    /// <summary>
    /// Reads every channel once, into the place of the same index. Called by the sampler thread: allocates nothing, waits for nothing
    /// but the device, and never throws; what cannot be read is a typed failure.
    /// </summary>
    void Read(Span<EnergyReading> readings);
}

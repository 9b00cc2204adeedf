using Lem.Core.Results;

namespace Lem.Measurement.Energy;

/// <summary>What can be measured here, what cannot and why, and what to doubt of it.</summary>
public sealed record EnergySources(
    IReadOnlyList<IEnergySource> Sources,
    IReadOnlyList<UnavailableReason> Unavailable,
    IReadOnlyList<Finding> Findings) : IDisposable
{
    /// <summary>All channels of all sources, in the order in which the meter reads them.</summary>
    public IEnumerable<EnergyChannel> Channels => Sources.SelectMany(source => source.Channels);

    /// <summary>The meter's names of CUDA's devices 0, 1, …, measured or not, as far as they are certain.</summary>
    public IReadOnlyList<string> CudaGpus { get; init; } = [];

    public void Dispose()
    {
        foreach (var source in Sources)
            source.Dispose();
    }
}

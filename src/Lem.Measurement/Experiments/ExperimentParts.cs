using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Baselines;
using Lem.Measurement.Energy.Calibrating;
using Lem.Measurement.Engines;
using Lem.Measurement.Linux;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>What an experiment is made of; the composition root chooses each part, tests choose others.</summary>
/// <param name="Unavailable">Energies that cannot be measured here, with their reasons.</param>
/// <param name="EnergyFindings">Doubts about the sources themselves, known before anything is measured.</param>
/// <param name="Sampling">Drives the meter.</param>
/// <param name="Snapshot">The machine as it is now.</param>
/// <param name="Baselines">Driver-idle powers of earlier runs; null = none are kept.</param>
/// <param name="Calibrations">Devices that an external meter has taught about; null = none.</param>
/// <param name="BusyCpus">Processor time used and available since boot, over all visible processors; null where the kernel does not tell.</param>
/// <param name="EngineLog">What the engine has said so far.</param>
/// <param name="Redact">Removes known secrets from the engine's own words; the raw files' store does the same for all it writes.</param>
public sealed record ExperimentParts(
    IEngine Engine,
    EnergyMeter Meter,
    IReadOnlyList<UnavailableReason> Unavailable,
    IReadOnlyList<Finding> EnergyFindings,
    SamplingSchedule Sampling,
    Func<EnvironmentSnapshot> Snapshot,
    Func<string> EngineLog,
    Func<string, string> Redact,
    Func<(TimeSpan Busy, TimeSpan All)?> BusyCpus,
    TimeProvider Time,
    BaselineCache? Baselines = null,
    Calibrations? Calibrations = null)
{
    /// <summary>The files the engine will load, where they lie on this machine; none where they are elsewhere.</summary>
    public IReadOnlyList<string> ModelFiles { get; init; } = [];

    /// <summary>Waits for the intended start of a request.</summary>
    public Pace Pace { get; init; } = (due, stop) => PreciseWait.Until(due, Time, stop);

    /// <summary>The engine's processes are no descendants of this one: it runs in a container.</summary>
    public bool IsEngineOutOfSight { get; init; }

    /// <summary>The meter's names of CUDA's devices 0, 1, …, by which an engine names its GPUs, as far as they are certain.</summary>
    public IReadOnlyList<string> CudaGpus { get; init; } = [];
}

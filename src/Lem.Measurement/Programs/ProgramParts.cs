using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Calibrating;

namespace Lem.Measurement.Programs;

/// <summary>What measuring a program is made of; the composition root chooses each part, tests choose others.</summary>
/// <param name="Unavailable">Energies that cannot be measured here, with their reasons.</param>
/// <param name="EnergyFindings">Doubts about the sources themselves.</param>
/// <param name="Sampling">Calls the sampler every period until it is disposed of.</param>
/// <param name="Calibrations">Devices that an external meter has taught about; null = none.</param>
/// <param name="Snapshot">The machine as it is now.</param>
public sealed record ProgramParts(
    EnergyMeter Meter,
    IReadOnlyList<UnavailableReason> Unavailable,
    IReadOnlyList<Finding> EnergyFindings,
    Func<Action, TimeSpan, IDisposable> Sampling,
    Func<EnvironmentSnapshot> Snapshot,
    TimeProvider Time,
    Calibrations? Calibrations = null);

using Lem.Cli.Machine;
using Lem.Core.Results.Environments;
using Lem.Measurement.Energy;

namespace Lem.Cli.Doctor;

/// <summary>Everything the checks judge.</summary>
/// <param name="Embedded">The embedded engine.</param>
/// <param name="Channels">Energies that a sensor tells, or else an estimate.</param>
/// <param name="Unmeasured">Energies that no sensor tells, and why.</param>
/// <param name="Results">Where results go.</param>
/// <param name="Models">Where models that lem makes are kept.</param>
/// <param name="Programs">Name → whole path, or null where it was not found.</param>
/// <param name="Sampling">How the sampler did in a trial; null = none was made.</param>
/// <param name="ClockSynchronised">Something keeps the wall clock in step; null = not known.</param>
/// <param name="Docker">Null = not looked for.</param>
/// <param name="CudaVisibleDevices">Value of the variable that hides and renumbers GPUs; null = not set.</param>
sealed record MachineFacts(
    EnvironmentSnapshot Machine,
    FoundEngine Embedded,
    IReadOnlyList<EnergyChannel> Channels,
    IReadOnlyList<UnavailableReason> Unmeasured,
    FolderFacts Results,
    FolderFacts Models,
    IReadOnlyDictionary<string, string?> Programs,
    string? CudaVisibleDevices,
    SamplerTrial? Sampling = null,
    bool? ClockSynchronised = null,
    DockerFacts? Docker = null);

namespace Lem.Core.Results.Environments;

/// <summary>The processors at one instant. Null = the kernel does not tell.</summary>
/// <param name="LogicalCpus">Threads the kernel runs.</param>
/// <param name="UsableCpus">Threads this process may run on.</param>
/// <param name="Governor">Frequency governor; several, comma-separated, where CPUs differ.</param>
/// <param name="FrequencyMhz">Mean of the momentary clocks.</param>
/// <param name="Turbo">Clocks above the base are allowed.</param>
public sealed record CpuSnapshot(
    string? Model = null,
    int? Sockets = null,
    int? PhysicalCores = null,
    int? LogicalCpus = null,
    int? UsableCpus = null,
    string? Governor = null,
    double? FrequencyMhz = null,
    double? MaxFrequencyMhz = null,
    bool? Turbo = null,
    bool? SmtActive = null,
    string? Microcode = null);

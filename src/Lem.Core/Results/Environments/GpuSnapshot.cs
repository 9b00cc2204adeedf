namespace Lem.Core.Results.Environments;

/// <summary>One GPU at one instant. Null = the driver does not tell.</summary>
/// <param name="PerformanceState">0 is fastest, 8 and above idle.</param>
/// <param name="ClockReasons">Bits of why the clocks are what they are (NVML clocks-event reasons).</param>
/// <param name="ApplicationGraphicsClockMhz">The clock that programs are given (nvidia-smi -ac); desktop cards have none.</param>
/// <param name="MigDevices">The MIG devices cut from it.</param>
/// <param name="Processes">Processes with a compute context.</param>
public sealed record GpuSnapshot(
    int Index,
    string? Uuid,
    string? Name = null,
    string? PciBusId = null,
    string? ComputeCapability = null,
    long? MemoryTotalBytes = null,
    long? MemoryUsedBytes = null,
    double? PowerLimitW = null,
    double? DefaultPowerLimitW = null,
    double? MinPowerLimitW = null,
    double? MaxPowerLimitW = null,
    double? EnforcedPowerLimitW = null,
    int? TemperatureC = null,
    int? SlowdownTemperatureC = null,
    int? ShutdownTemperatureC = null,
    int? FanPct = null,
    int? GraphicsClockMhz = null,
    int? SmClockMhz = null,
    int? MemoryClockMhz = null,
    int? MaxSmClockMhz = null,
    int? MaxMemoryClockMhz = null,
    int? PerformanceState = null,
    ulong? ClockReasons = null,
    bool? PersistenceMode = null,
    string? ComputeMode = null,
    bool? EccEnabled = null,
    bool? MigEnabled = null,
    IReadOnlyList<MigDeviceSnapshot>? MigDevices = null,
    int? PcieGeneration = null,
    int? PcieLanes = null,
    IReadOnlyList<GpuProcessSnapshot>? Processes = null,
    string? Reason = null,
    int? ApplicationGraphicsClockMhz = null,
    int? ApplicationMemoryClockMhz = null);

namespace Lem.Core.Results.Environments;

/// <summary>What the machine was at one instant, before or after an experiment. Null = could not be found out.</summary>
/// <param name="TakenAt">UTC; a label only.</param>
/// <param name="LemCommit">Commit that lem was built from.</param>
/// <param name="Gpus">Empty with <paramref name="GpuReason"/> where there is none to be seen.</param>
/// <param name="Kernel">Release of the kernel: 6.1.0-18-amd64.</param>
/// <param name="OperatingSystem">Distribution and version as it calls itself.</param>
/// <param name="Container">docker, podman, kubernetes, apptainer, other, or none.</param>
/// <param name="Hypervisor">Vendor of the virtual machine; "none" on bare metal.</param>
/// <param name="ClockSource">The kernel's: tsc is cheap to read, hpet and acpi_pm are not.</param>
/// <param name="LoadAverage1Min">Runnable and waiting tasks, mean of the last minute.</param>
/// <param name="NtpSynchronised">The wall clock is kept by NTP.</param>
public sealed record EnvironmentSnapshot(
    DateTimeOffset TakenAt,
    string LemVersion,
    string? LemCommit = null,
    IReadOnlyList<GpuSnapshot>? Gpus = null,
    string? GpuReason = null,
    DriverSnapshot? Driver = null,
    CpuSnapshot? Cpu = null,
    MemorySnapshot? Memory = null,
    CgroupSnapshot? Cgroup = null,
    string? Hostname = null,
    string? Kernel = null,
    string? OperatingSystem = null,
    string? Architecture = null,
    string? Container = null,
    string? Hypervisor = null,
    string? ClockSource = null,
    double? LoadAverage1Min = null,
    string? TimeZone = null,
    bool? NtpSynchronised = null);

namespace Lem.Core.Results.Environments;

/// <summary>Limits of the control group; null = none set.</summary>
/// <param name="Version">1 or 2; null where there are no control groups.</param>
/// <param name="CpuQuota">CPU time per second: 1.5 = one and a half CPUs.</param>
public sealed record CgroupSnapshot(int? Version = null, double? CpuQuota = null, long? MemoryLimitBytes = null);

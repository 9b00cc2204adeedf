namespace Lem.Measurement.Energy.Rapl;

/// <summary>One folder of <c>/sys/class/powercap</c>: a domain whose energy the processor counts.</summary>
/// <param name="Folder">Folder name: <c>intel-rapl:0</c>, <c>intel-rapl:0:1</c>, <c>intel-rapl-mmio:0</c>.</param>
/// <param name="Name">What it is: package-0, core, uncore, dram, psys.</param>
/// <param name="ParentName">Name of the zone it lies in, or null.</param>
/// <param name="RangeMicrojoules">Where the counter starts again.</param>
/// <param name="EnergyFile">File of the counter.</param>
/// <param name="PowerLimitMicrowatts">Long-term limit, or null.</param>
sealed record RaplZone(string Folder, string Name, string? ParentName, long RangeMicrojoules, string EnergyFile, long? PowerLimitMicrowatts = null);

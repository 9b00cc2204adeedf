using System.Globalization;
using Lem.Core.Results;
using Lem.Core.Results.Environments;

namespace Lem.Measurement.Energy.Baselines;

/// <summary>Everything that decides a device's idle power and can be known: where one part differs, a cached power is of another state.</summary>
static class BaselineKey
{
    /// <summary>Readable text, so that a person can see why an entry is not taken.</summary>
    public static string Of(string machineId, EnergyChannel channel, EnvironmentSnapshot machine)
    {
        var state = channel.Domain == EnergyDomain.Gpu
            ? OfGpu(machine.Gpus?.FirstOrDefault(gpu => $"gpu:{gpu.Uuid}" == channel.Device), machine.Driver)
            : OfHost(machine);
        (string Name, string? Value)[] parts =
            [("machine", machineId), ("device", channel.Device), ("limit_w", Text(channel.PowerLimit?.Value)), .. state];
        return string.Join(' ', parts.Select(part => $"{part.Name}={part.Value ?? "?"}"));
    }

    static (string Name, string? Value)[] OfGpu(GpuSnapshot? gpu, DriverSnapshot? driver) =>
    [
        ("driver", driver?.Driver),
        ("persistence", gpu?.PersistenceMode?.ToString()),
        ("sm_mhz", Text(gpu?.ApplicationGraphicsClockMhz ?? gpu?.MaxSmClockMhz)),
        ("memory_mhz", Text(gpu?.ApplicationMemoryClockMhz ?? gpu?.MaxMemoryClockMhz)),
        ("mig", gpu?.MigEnabled?.ToString()),
    ];

    static (string Name, string? Value)[] OfHost(EnvironmentSnapshot machine) =>
    [
        ("kernel", machine.Kernel),
        ("governor", machine.Cpu?.Governor),
        ("turbo", machine.Cpu?.Turbo?.ToString()),
        ("max_mhz", Text(machine.Cpu?.MaxFrequencyMhz)),
    ];

    static string? Text(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}

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
        (string Name, string? Value)[] parts = channel.Domain == EnergyDomain.Gpu
            ? OfGpu(machine.Gpus?.FirstOrDefault(gpu => $"gpu:{gpu.Uuid}" == channel.Device), machine.Driver)
            : OfHost(machine);
        return string.Join(' ', parts.Prepend(("limit_w", Text(channel.PowerLimit?.Value))).Prepend(("device", channel.Device)).Prepend(("machine", machineId))
            .Select(part => $"{part.Item1}={part.Item2 ?? "?"}"));
    }

    static (string Name, string? Value)[] OfGpu(GpuSnapshot? gpu, DriverSnapshot? driver) =>
    [
        ("driver", driver?.Driver),
        ("persistence", gpu?.PersistenceMode?.ToString()),
        ("max_sm_mhz", Text(gpu?.MaxSmClockMhz)),
        ("max_memory_mhz", Text(gpu?.MaxMemoryClockMhz)),
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

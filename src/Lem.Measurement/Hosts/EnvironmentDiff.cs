using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Results.Environments;

namespace Lem.Measurement.Hosts;

/// <summary>What changed on the machine during an experiment, or stood in its way from the start, and can explain a result.</summary>
public static class EnvironmentDiff
{
    const int NotableRiseCelsius = 10;

    /// <summary>Doubts that one snapshot raises by itself.</summary>
    /// <param name="devices">The GPUs that take part (<c>gpu:&lt;uuid&gt;</c>): what befalls others is in the snapshot, and no doubt. Null = all.</param>
    /// <param name="isServerUp">The server that is measured was up before: one of the processes is it.</param>
    public static IReadOnlyList<Finding> Inspect(EnvironmentSnapshot snapshot, IReadOnlyCollection<string>? devices = null, bool isServerUp = false)
    {
        var findings = new List<Finding>();
        foreach (var gpu in Involved(snapshot, devices))
        {
            if (gpu.EnforcedPowerLimitW < gpu.DefaultPowerLimitW)
                findings.Add(Of(
                    "power_limit_below_default", FindingSeverity.Info, gpu,
                    FormattableString.Invariant($"GPU {gpu.Index} is limited to {gpu.EnforcedPowerLimitW:0} W; its default is {gpu.DefaultPowerLimitW:0} W")));
            if (gpu.PersistenceMode is false)
                findings.Add(Of(
                    "persistence_mode_off", FindingSeverity.Info, gpu, $"GPU {gpu.Index}: persistence mode is off, so that its idle power depends on who holds it open",
                    "nvidia-smi -pm 1"));
            var others = gpu.Processes?.Count(process => !process.Own) ?? 0;
            if (others > 0 && isServerUp)
                findings.Add(Of(
                    "gpu_shared", others == 1 ? FindingSeverity.Info : FindingSeverity.Warning, gpu,
                    others == 1
                        ? $"one process uses GPU {gpu.Index}: taken for the server that is measured; if it is another, its energy is in the result"
                        : $"{others} processes use GPU {gpu.Index}, and which of them are the server that is measured is not known: the energy of all is in the result",
                    "nvidia-smi lists them: the server's own belong there, others do not."));
            else if (others > 0)
                findings.Add(Of(
                    "gpu_shared", FindingSeverity.Warning, gpu, $"GPU {gpu.Index} is used by {others} other process(es): their energy is in the result",
                    "End them, or choose another GPU."));
        }

        return findings;
    }

    /// <summary>Differences between before and after that matter.</summary>
    /// <param name="devices">As in <see cref="Inspect"/>.</param>
    public static IReadOnlyList<Finding> Compare(EnvironmentSnapshot before, EnvironmentSnapshot after, IReadOnlyCollection<string>? devices = null)
    {
        var findings = new List<Finding>();
        Changed(findings, "cpu_governor", before.Cpu?.Governor, after.Cpu?.Governor);
        Changed(findings, "cpu_turbo", before.Cpu?.Turbo?.ToString(), after.Cpu?.Turbo?.ToString());
        Changed(findings, "clock_source", before.ClockSource, after.ClockSource);
        Changed(findings, "driver", before.Driver?.Driver, after.Driver?.Driver);
        foreach (var first in Involved(before, devices).Where(gpu => gpu.Uuid is not null))
        {
            if (after.Gpus?.FirstOrDefault(gpu => gpu.Uuid == first.Uuid) is not { } last)
            {
                findings.Add(Of("gpu_lost", FindingSeverity.Invalid, first, $"GPU {first.Index} was there before the experiment and is not there after it"));
                continue;
            }

            // Not the clocks of the moment, which follow the load, and not the highest a card can do, which nobody changes.
            Changed(findings, $"GPU {first.Index} power limit (W)", Text(first.EnforcedPowerLimitW), Text(last.EnforcedPowerLimitW));
            Changed(findings, $"GPU {first.Index} application clock (MHz)", Text(first.ApplicationGraphicsClockMhz), Text(last.ApplicationGraphicsClockMhz));
            Changed(findings, $"GPU {first.Index} persistence mode", first.PersistenceMode?.ToString(), last.PersistenceMode?.ToString());
            Changed(findings, $"GPU {first.Index} ECC", first.EccEnabled?.ToString(), last.EccEnabled?.ToString());
            Changed(findings, $"GPU {first.Index} MIG", first.MigEnabled?.ToString(), last.MigEnabled?.ToString());
            if (last.TemperatureC - first.TemperatureC > NotableRiseCelsius)
                findings.Add(Of(
                    "temperature_rise", FindingSeverity.Info, first,
                    $"GPU {first.Index} became {last.TemperatureC - first.TemperatureC} °C warmer from {first.TemperatureC} °C on"));
            var known = first.Processes?.Select(process => process.Pid).ToHashSet() ?? [];
            if (last.Processes?.Any(process => !process.Own && !known.Contains(process.Pid)) ?? false)
                findings.Add(Of("gpu_shared", FindingSeverity.Warning, first, $"another process began to use GPU {first.Index} during the experiment"));
        }

        return findings;
    }

    static IEnumerable<GpuSnapshot> Involved(EnvironmentSnapshot snapshot, IReadOnlyCollection<string>? devices) =>
        (snapshot.Gpus ?? []).Where(gpu => devices?.Contains(Device(gpu)) ?? true);

    static string Device(GpuSnapshot gpu) => $"gpu:{gpu.Uuid}";

    static void Changed(List<Finding> findings, string what, string? before, string? after)
    {
        if (before is null || after is null || before == after)
            return;
        findings.Add(new Finding(
            "environment_changed",
            FindingSeverity.Warning,
            $"{what} changed during the experiment from {before} to {after}",
            Data: new JsonObject { ["what"] = what, ["before"] = before, ["after"] = after }));
    }

    static string? Text(double? value) => value is { } number ? FormattableString.Invariant($"{number:0.###}") : null;

    static Finding Of(string code, FindingSeverity severity, GpuSnapshot gpu, string message, string? hint = null) =>
        new(code, severity, message, Hint: hint, Data: new JsonObject { ["device"] = Device(gpu) });
}

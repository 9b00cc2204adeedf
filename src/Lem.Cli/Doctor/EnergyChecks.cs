using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Measurement.Energy;
using Lem.Measurement.Hosts;

namespace Lem.Cli.Doctor;

/// <summary>Which energies a sensor tells here, and how the GPUs stand.</summary>
static class EnergyChecks
{
    public static IEnumerable<Check> Of(MachineFacts facts) =>
    [
        Domain("GPU energy (NVML)", EnergyDomain.Gpu, facts, "GPU energy is not measured"),
        Domain("CPU energy (RAPL)", EnergyDomain.Cpu, facts, "CPU energy will be estimated, within a factor of about 3"),
        Domain("RAM energy (RAPL)", EnergyDomain.Dram, facts, "RAM energy will be estimated"),
        .. Estimates(facts),
        .. Driver(facts.Machine),
        .. facts.Channels.Where(channel => channel.Domain == EnergyDomain.Gpu).Select(channel => Gpu(channel, facts.Machine)),
        .. from missing in facts.Unmeasured
           where missing is { Domain: EnergyDomain.Gpu, Device: not null }
           select new Check("GPU", CheckStatus.Warning, $"{missing.Device} cannot be measured: {missing.Message}", missing.Hint),
        .. Gpus(facts),
    ];

    static Check Domain(string name, EnergyDomain domain, MachineFacts facts, string consequence)
    {
        var reasons = facts.Unmeasured.Where(reason => reason.Domain == domain).ToList();
        var channels = facts.Channels.Where(channel => channel.Domain == domain && channel.Method != EnergyMethod.Estimated).ToList();
        if (channels.Count == 0)
        {
            return reasons is [var reason, ..]
                ? new(name, CheckStatus.Warning, $"{consequence}: {reason.Message}", reason.Hint)
                : new(name, CheckStatus.Warning, $"{consequence}: no sensor was found");
        }

        var measured = string.Join(", ", channels.Select(channel => $"{channel.Device} {Method(channel)}"));
        return reasons is [var missing, ..]
            ? new(name, CheckStatus.Warning, $"{measured}; but {missing.Device ?? "a part"} is not: {missing.Message}", missing.Hint)
            : new(name, CheckStatus.Pass, measured);
    }

    static IEnumerable<Check> Estimates(MachineFacts facts) =>
        from channel in facts.Channels
        where channel.Method == EnergyMethod.Estimated
        select new Check($"estimate {channel.Device}", CheckStatus.Info, channel.Note ?? "by a model");

    static IEnumerable<Check> Driver(EnvironmentSnapshot machine)
    {
        if (machine.Driver is { } driver)
            yield return new("NVIDIA driver", CheckStatus.Pass, $"{driver.Driver ?? "unknown"}, NVML {driver.Nvml ?? "unknown"}, CUDA up to {driver.Cuda ?? "unknown"}");
    }

    // What its sensor offers, and what of its state does not change from run to run.
    static Check Gpu(EnergyChannel channel, EnvironmentSnapshot machine)
    {
        var gpu = machine.Gpus?.FirstOrDefault(known => $"gpu:{known.Uuid}" == channel.Device);
        var ecc = gpu?.EccEnabled switch { true => ", ECC on", false => ", ECC off", null => "" };
        var message = $"{gpu?.Name ?? channel.Device}: {channel.Note}{ecc}{(gpu?.ComputeMode is { } mode and not "default" ? $", compute mode {mode}" : "")}";
        return new($"GPU {gpu?.Index}".TrimEnd(), channel.Method == EnergyMethod.Counter ? CheckStatus.Pass : CheckStatus.Info, message);
    }

    static string Method(EnergyChannel channel) => channel.Method == EnergyMethod.Counter ? "by counter" : "by power, integrated";

    static IEnumerable<Check> Gpus(MachineFacts facts)
    {
        const string Name = "GPU state";
        if (facts.Machine.Gpus is not { Count: > 0 } gpus)
            yield break;
        var findings = EnvironmentDiff.Inspect(facts.Machine);
        foreach (var finding in findings)
            yield return new(Name, finding.Severity == FindingSeverity.Info ? CheckStatus.Info : CheckStatus.Warning, finding.Message, finding.Hint);
        foreach (var gpu in gpus.Where(gpu => gpu.MigEnabled is true))
            yield return new(Name, CheckStatus.Warning, $"GPU {gpu.Index} is in MIG mode: power is known of the whole GPU only, not of one MIG device", "Keep the other MIG devices idle while measuring.");
        if (findings.Count == 0)
            yield return new(Name, CheckStatus.Pass, "persistence mode on where it is known, limits at their defaults, no other users");
        if (facts.CudaVisibleDevices is { } visible)
            yield return new(Name, CheckStatus.Info, $"CUDA_VISIBLE_DEVICES is \"{visible}\": other GPUs are not seen, and these are numbered anew");
    }
}

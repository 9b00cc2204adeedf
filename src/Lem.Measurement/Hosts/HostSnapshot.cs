using System.Globalization;
using System.Runtime.InteropServices;
using Lem.Core.Results.Environments;
using Lem.Measurement.Linux;
using Lem.Measurement.Nvml;

namespace Lem.Measurement.Hosts;

/// <summary>Finds out what the machine is and how it stands. Outside of measured windows only: it costs milliseconds and the driver's lock.</summary>
public static class HostSnapshot
{
    public static EnvironmentSnapshot Take(LinuxTree tree, HostIdentity identity, TimeProvider time, string nvmlLibrary = NvmlReader.DefaultLibrary)
    {
        using var nvml = NvmlReader.Open(nvmlLibrary, out var failure);
        var gpus = nvml is null ? [] : GpuTopology.Describe(nvml, identity.IsOwn);
        var cpu = tree.Text("proc/cpuinfo") is { } text ? CpuInfo.Parse(text) : null;
        var limits = CgroupLimits.Read(tree);
        return new EnvironmentSnapshot(
            time.GetUtcNow(),
            identity.LemVersion,
            identity.LemCommit,
            gpus,
            (failure ?? nvml?.CountFailure)?.Code ?? (gpus.Count == 0 ? "no_gpu" : null),
            nvml is null ? null : new DriverSnapshot(nvml.DriverVersion, nvml.LibraryVersion, nvml.CudaVersion),
            cpu is null ? null : Cpu(tree, cpu),
            Memory(tree),
            limits.Version is null ? null : new CgroupSnapshot(limits.Version, limits.QuotaCpus, limits.MemoryBytes),
            tree.Text("proc/sys/kernel/hostname"),
            tree.Text("proc/sys/kernel/osrelease"),
            tree.Text("etc/os-release") is { } release ? OsRelease.PrettyName(release) : null,
            RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
            ContainerKind.Find(tree, identity.Variable),
            HypervisorName.Find(tree, cpu?.Hypervisor),
            tree.Text("sys/devices/system/clocksource/clocksource0/current_clocksource"),
            LoadAverage(tree.Text("proc/loadavg")),
            time.LocalTimeZone.Id,
            NtpSynchronised(tree));
    }

    static CpuSnapshot Cpu(LinuxTree tree, CpuInfo cpu)
    {
        const string Cpus = "sys/devices/system/cpu";
        var frequencies = Enumerable.Range(0, cpu.LogicalCpus)
            .Select(i => tree.Number($"{Cpus}/cpu{i}/cpufreq/scaling_cur_freq"))
            .OfType<long>()
            .Select(kilohertz => kilohertz / 1e3)
            .ToList();
        var governors = Enumerable.Range(0, cpu.LogicalCpus)
            .Select(i => tree.Text($"{Cpus}/cpu{i}/cpufreq/scaling_governor"))
            .OfType<string>()
            .Distinct()
            .ToList();
        return new CpuSnapshot(
            cpu.Model,
            cpu.Sockets,
            cpu.PhysicalCores,
            cpu.LogicalCpus,
            AllowedCpus.Read(tree, cpu.LogicalCpus).Count,
            governors.Count > 0 ? string.Join(',', governors) : null,
            frequencies.Count > 0 ? frequencies.Average() : cpu.Megahertz,
            tree.Number($"{Cpus}/cpu0/cpufreq/cpuinfo_max_freq") / 1e3,
            Turbo(tree),
            tree.Number($"{Cpus}/smt/active") is { } active ? active != 0 : null,
            cpu.Microcode);
    }

    // intel_pstate says "no turbo", acpi-cpufreq and amd-pstate say "boost".
    static bool? Turbo(LinuxTree tree) =>
        tree.Number("sys/devices/system/cpu/intel_pstate/no_turbo") is { } off ? off == 0
        : tree.Number("sys/devices/system/cpu/cpufreq/boost") is { } on ? on != 0
        : null;

    static MemorySnapshot? Memory(LinuxTree tree)
    {
        if (tree.Text("proc/meminfo") is not { } text)
            return null;
        var memory = MemoryInfo.Parse(text);
        return new MemorySnapshot(
            memory.TotalBytes, memory.AvailableBytes, memory.SwapTotalBytes, memory.SwapFreeBytes,
            CpuList.Parse(tree.Text("sys/devices/system/node/online"))?.Count);
    }

    static double? LoadAverage(string? text) =>
        double.TryParse(text?.Split(' ')[0], CultureInfo.InvariantCulture, out var load) ? load : null;

    // Only systemd-timesyncd leaves a file that can be read without asking a daemon; its absence proves nothing.
    static bool? NtpSynchronised(LinuxTree tree) => tree.FileExists("run/systemd/timesync/synchronized") ? true : null;
}

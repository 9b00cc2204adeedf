using System.Globalization;
using Lem.Core.Results.Environments;
using Lem.Reporting;

namespace Lem.Cli.Doctor;

/// <summary>What makes measurements on this machine scatter, or wrong: clocks that change, neighbours, little memory.</summary>
static class StabilityChecks
{
    const double BusyLoadPerCpu = 0.25;
    const long LittleMemoryBytes = 2_000_000_000;

    // Read in user space. The others cost a call into the kernel, or a slow bus, each time.
    static readonly string[] CheapClocks = ["tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page"];

    public static IEnumerable<Check> Of(EnvironmentSnapshot machine) =>
    [
        Governor(machine.Cpu?.Governor),
        Turbo(machine.Cpu?.Turbo),
        Clock(machine.ClockSource),
        Hypervisor(machine.Hypervisor),
        Container(machine),
        Load(machine),
        Memory(machine),
    ];

    static Check Governor(string? governor) => governor switch
    {
        null => new("CPU governor", CheckStatus.Info, "the kernel does not tell (virtual machines seldom do)"),
        "performance" => new("CPU governor", CheckStatus.Pass, governor),
        _ => new(
            "CPU governor", CheckStatus.Warning, $"{governor}: clocks follow the load, and results scatter",
            "echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor"),
    };

    static Check Turbo(bool? turbo) => turbo switch
    {
        null => new("CPU turbo", CheckStatus.Info, "the kernel does not tell"),
        false => new("CPU turbo", CheckStatus.Pass, "off: clocks do not depend on temperature"),
        true => new(
            "CPU turbo", CheckStatus.Info, "on: clocks depend on temperature and on how many cores work",
            "For close comparisons switch it off: intel_pstate/no_turbo to 1, or cpufreq/boost to 0, under /sys/devices/system/cpu."),
    };

    static Check Clock(string? source) => source switch
    {
        null => new("clock source", CheckStatus.Info, "the kernel does not tell"),
        _ when CheapClocks.Contains(source) => new("clock source", CheckStatus.Pass, source),
        _ => new("clock source", CheckStatus.Warning, $"{source}: slow to read, which costs time at every token", "See why the kernel refused tsc: dmesg | grep -i -e tsc -e clocksource"),
    };

    static Check Hypervisor(string? name) => name switch
    {
        null => new("virtual machine", CheckStatus.Info, "the processor does not tell"),
        "none" => new("virtual machine", CheckStatus.Pass, "none"),
        _ => new(
            "virtual machine", CheckStatus.Warning, $"yes ({name}): processors are shared with neighbours nobody sees, and energy counters are seldom passed on",
            "Measure on bare metal for figures that can be compared."),
    };

    static Check Container(EnvironmentSnapshot machine) => machine switch
    {
        { Cgroup.CpuQuota: { } quota } => new(
            "container", CheckStatus.Warning, $"{machine.Container}, limited to {Figures.Plain(quota)} CPUs: a quota stops all threads for part of each period, which shows in latency",
            "Give whole CPUs (a cpuset) instead of a quota."),
        { Container: null or "none" } => new("container", CheckStatus.Pass, "none"),
        _ => new("container", CheckStatus.Info, $"{machine.Container}, without a limit of CPU time"),
    };

    static Check Load(EnvironmentSnapshot machine)
    {
        if (machine.LoadAverage1Min is not { } load || (machine.Cpu?.UsableCpus ?? machine.Cpu?.LogicalCpus) is not { } cpus)
            return new("other work", CheckStatus.Info, "the kernel does not tell the load");
        var message = string.Create(CultureInfo.InvariantCulture, $"load average {load:0.00} of the last minute on {cpus} CPUs");
        return load <= BusyLoadPerCpu * cpus
            ? new("other work", CheckStatus.Pass, message)
            : new("other work", CheckStatus.Warning, $"{message}: what else runs is in the energy, and in the way", "End other programs, or wait.");
    }

    static Check Memory(EnvironmentSnapshot machine)
    {
        if (machine.Memory?.AvailableBytes is not { } available)
            return new("memory", CheckStatus.Info, "the kernel does not tell");
        var usable = Math.Min(available, machine.Cgroup?.MemoryLimitBytes ?? available);
        var message = $"{Figures.Si(usable, "B")} available of {Figures.Si(machine.Memory.TotalBytes, "B")}";
        return usable >= LittleMemoryBytes
            ? new("memory", CheckStatus.Pass, message)
            : new("memory", CheckStatus.Warning, $"{message}: enough for small models only", "End other programs, or raise the control group's limit.");
    }
}

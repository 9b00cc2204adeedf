using Lem.Core.Units;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Energy.Estimated;

/// <summary>What an estimate of the host's power rests on.</summary>
/// <param name="Model">Processor as the kernel names it.</param>
/// <param name="LogicalCpus">Threads the kernel runs.</param>
/// <param name="Sockets">Packages the kernel sees, at least 1.</param>
/// <param name="VisibleCpus">Logical CPUs this process may use.</param>
/// <param name="QuotaCpus">Limit of the control group, or null.</param>
/// <param name="Hypervisor">The machine is a guest.</param>
/// <param name="MemoryBytes">Memory of the control group, or of the machine; null = not known.</param>
sealed record EstimateBasis(
    string? Model,
    int LogicalCpus,
    int Sockets,
    IReadOnlyList<int> VisibleCpus,
    double? QuotaCpus,
    bool Hypervisor,
    long? MemoryBytes)
{
    // P = share × TDP × (0.12 + 0.88 u). The idle share is what servers of the last ten years show by RAPL; the band covers the rest.
    public const double IdleShare = 0.12;

    /// <summary>
    /// The truth lies within value ÷ 3 and value × 3: load-based estimates against RAPL erred by −66 … +187 % over four server and desktop
    /// processors at 7–100 % load (CodeCarbon's published load profiles).
    /// </summary>
    public const double BandFactor = 3;

    const double UnknownWattsPerCpu = 4;
    const double MemoryWattsPerGigabyte = 0.375;

    public CpuSpecification? Specification { get; } = CpuTable.Find(Model);

    /// <summary>CPUs' worth of time this process can use in a second.</summary>
    public double EffectiveCpus => Math.Min(VisibleCpus.Count, QuotaCpus ?? double.PositiveInfinity);

    /// <summary>The group's own use, not the machine's, tells how busy a quota is.</summary>
    public bool QuotaBinds => QuotaCpus < VisibleCpus.Count;

    /// <summary>Part of the processor packages that is ours: one per whole package; null where the model is not known.</summary>
    public double? Packages =>
        Specification is not { } known ? null
        : WholeMachine ? Sockets
        : EffectiveCpus / known.Threads;

    /// <summary>Others share the processors, or may.</summary>
    public bool Shared => !WholeMachine;

    /// <summary>Power with every CPU of ours busy.</summary>
    public Watts FullPower => new(Packages * Specification?.DesignPowerWatts ?? EffectiveCpus * UnknownWattsPerCpu);

    /// <summary>Memory draws by its size, not its use.</summary>
    public Watts? MemoryPower => MemoryBytes is { } bytes ? new Watts(bytes / (double)(1L << 30) * MemoryWattsPerGigabyte) : null;

    // On bare metal with nothing taken away the packages are ours whatever the thread count (SMT may be off).
    bool WholeMachine => !Hypervisor && QuotaCpus is null && VisibleCpus.Count >= LogicalCpus;

    public static EstimateBasis? Read(LinuxTree tree)
    {
        if (tree.Text("proc/cpuinfo") is not { } text || CpuInfo.Parse(text) is not { LogicalCpus: > 0 } cpu)
            return null;
        var limits = CgroupLimits.Read(tree);
        var total = tree.Text("proc/meminfo") is { } memory ? MemoryInfo.Parse(memory).TotalBytes : null;
        return new EstimateBasis(
            cpu.Model,
            cpu.LogicalCpus,
            cpu.Sockets ?? 1,
            AllowedCpus.Read(tree, cpu.LogicalCpus),
            limits.QuotaCpus,
            cpu.Hypervisor,
            limits.MemoryBytes < total ? limits.MemoryBytes : total ?? limits.MemoryBytes);
    }
}

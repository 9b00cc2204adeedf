using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Core.Results.Programs;

/// <summary>Energy of a program's window over all devices; names and meanings are those of a result's <c>energy_metrics</c>.</summary>
/// <param name="TotalEnergyJ">Gross sum over devices, estimates included; null where a device that was being read has no energy.</param>
/// <param name="TotalEnergyMethod">The weakest method in the sum.</param>
/// <param name="TotalUncertaintyJ">Half width of the sum's 95 % band; bands are added, not squared.</param>
/// <param name="TotalSystematicJ">± what the vendors' tolerances leave open, added over devices; null where no vendor states one.</param>
/// <param name="MeasuredEnergyJ">The sum without estimates.</param>
/// <param name="AdjustedEnergyJ">Above the idle power before the program, measured devices only.</param>
/// <param name="Reason">Why there is no total.</param>
public sealed record ProgramEnergy(
    Joules? TotalEnergyJ,
    EnergyMethod? TotalEnergyMethod,
    Joules? TotalUncertaintyJ,
    Joules? TotalSystematicJ,
    Joules? MeasuredEnergyJ,
    Joules? AdjustedEnergyJ,
    Joules? GpuEnergyJ,
    Joules? CpuEnergyJ,
    Joules? RamEnergyJ,
    Watts? TotalPowerW,
    Watts? BaselinePowerW,
    string? Reason)
{
    /// <param name="read">The devices that were read; one of them without energy leaves no total, which would look cheap.</param>
    public static ProgramEnergy Of(IReadOnlyList<DomainEnergyRecord> read, double windowSeconds)
    {
        var missing = read.Where(d => d.RawJ is null).Select(d => d.Device).ToList();
        if (read.Count == 0 || missing.Count > 0)
            return new(
                null, null, null, null, null, null, OfDomain(EnergyDomain.Gpu), OfDomain(EnergyDomain.Cpu), OfDomain(EnergyDomain.Dram), null, null,
                read.Count == 0 ? "no_energy_source" : $"energy_unknown_of {string.Join(", ", missing)}");

        IReadOnlyList<DomainEnergyRecord> measured = [.. read.Where(d => d.Method is not EnergyMethod.Estimated)];
        var total = SumIfAll(read, d => d.RawJ);
        return new(
            total,
            read.Max(d => d.Method),
            SumIfAll(read, d => d.UncertaintyJ),
            SumIfAll([.. read.Where(d => d.SystematicJ is not null)], d => d.SystematicJ),
            SumIfAll(measured, d => d.RawJ),
            SumIfAll(measured, d => d.AdjustedJ),
            OfDomain(EnergyDomain.Gpu),
            OfDomain(EnergyDomain.Cpu),
            OfDomain(EnergyDomain.Dram),
            windowSeconds > 0 ? new Watts((total?.Value ?? 0) / windowSeconds) : null,
            measured.Count > 0 && measured.All(d => d.BaselinePowerW is not null) ? new Watts(measured.Sum(d => d.BaselinePowerW?.Value ?? 0)) : null,
            null);

        Joules? OfDomain(EnergyDomain domain) => SumIfAll([.. read.Where(d => d.Domain == domain)], d => d.RawJ);
    }

    static Joules? SumIfAll(IReadOnlyList<DomainEnergyRecord> domains, Func<DomainEnergyRecord, Joules?> energy) =>
        domains.Count > 0 && domains.All(d => energy(d) is not null) ? new Joules(domains.Sum(d => energy(d)?.Value ?? 0)) : null;
}

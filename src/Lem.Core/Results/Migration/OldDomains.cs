using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Core.Results.Migration;

/// <summary>Energy by device as the predecessor's trackers saw it. What several of them saw of one device is added up, as the predecessor did.</summary>
static class OldDomains
{
    public static IEnumerable<DomainEnergyRecord> Of(IReadOnlyList<OldProcess> processes)
    {
        foreach (var gpu in processes.GroupBy(p => p.Device))
        {
            if (Sum(gpu, p => p.GpuEnergyJ) is { } joules)
                yield return Record(EnergyDomain.Gpu, gpu.Key, joules, null);
        }

        if (Sum(processes, p => p.CpuEnergyJ) is { } cpu)
            yield return Record(EnergyDomain.Cpu, "cpu:0", cpu, null);

        // The tracker's memory model is a constant per module, on every machine.
        if (Sum(processes, p => p.RamEnergyJ) is { } ram)
            yield return Record(EnergyDomain.Dram, "dram:0", ram, EnergyMethod.Estimated);
    }

    static double? Sum(IEnumerable<OldProcess> processes, Func<OldProcess, double?> energy) =>
        processes.All(p => energy(p) is not null) ? processes.Sum(energy) : null;

    static DomainEnergyRecord Record(EnergyDomain domain, string device, double joules, EnergyMethod? method) => new(domain, device, new Joules(joules), Method: method);
}

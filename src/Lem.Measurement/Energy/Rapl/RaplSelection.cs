using System.Globalization;
using Lem.Core.Results;

namespace Lem.Measurement.Energy.Rapl;

/// <summary>
/// Which zones make up the machine: packages and their memory. Never core or uncore (they lie within the package), psys (it contains
/// the package, and more), or the memory-mapped copy of a package that is there already.
/// </summary>
static class RaplSelection
{
    public static IReadOnlyList<(RaplZone Zone, EnergyDomain Domain, string Device)> Choose(IReadOnlyList<RaplZone> zones)
    {
        var chosen = new List<(RaplZone, EnergyDomain, string)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);

        // Model-specific registers first: their mmio copies are then recognised.
        foreach (var zone in zones.OrderBy(zone => zone.Folder.Contains("mmio", StringComparison.Ordinal)).ThenBy(zone => zone.Folder, StringComparer.Ordinal))
        {
            var domain = DomainOf(zone);
            if (domain is null)
                continue;
            var number = PackageNumber(domain is EnergyDomain.Dram ? zone.ParentName ?? zone.Name : zone.Name);
            var device = string.Create(CultureInfo.InvariantCulture, $"{(domain is EnergyDomain.Cpu ? "cpu" : "dram")}:{number}");
            if (taken.Add(device))
                chosen.Add((zone, domain.Value, device));
        }

        return chosen;
    }

    static EnergyDomain? DomainOf(RaplZone zone) =>
        zone.Name.StartsWith("package", StringComparison.Ordinal) ? EnergyDomain.Cpu
        : zone.Name is "dram" ? EnergyDomain.Dram
        : null;

    // "package-1" is package 1; "package-1-die-0" of multi-die parts counts each die by itself.
    static string PackageNumber(string name)
    {
        var number = name.StartsWith("package-", StringComparison.Ordinal) ? name["package-".Length..] : "0";
        return number.Replace("-die-", ".", StringComparison.Ordinal);
    }
}

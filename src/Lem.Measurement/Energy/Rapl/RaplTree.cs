using Lem.Measurement.Linux;

namespace Lem.Measurement.Energy.Rapl;

/// <summary>Reads which zones the kernel's powercap framework offers (Intel and AMD alike use the name intel-rapl).</summary>
static class RaplTree
{
    const string Powercap = "sys/class/powercap";

    public static IReadOnlyList<RaplZone> Zones(LinuxTree tree)
    {
        var zones = new List<RaplZone>();
        foreach (var folder in tree.Folders(Powercap))
        {
            // "intel-rapl" and "intel-rapl-mmio" themselves are control types without a counter.
            if (!folder.Contains(':', StringComparison.Ordinal) || tree.Text($"{Powercap}/{folder}/name") is not { } name)
                continue;
            var parent = folder.Count(c => c == ':') > 1 ? tree.Text($"{Powercap}/{folder[..folder.LastIndexOf(':')]}/name") : null;
            zones.Add(new RaplZone(
                folder,
                name,
                parent,
                tree.Number($"{Powercap}/{folder}/max_energy_range_uj") ?? 0,
                tree.PathOf($"{Powercap}/{folder}/energy_uj"),
                HighestLimit(tree, folder)));
        }

        return zones;
    }

    // Long-term, short-term, peak: a package may run at twice its long-term limit for tens of seconds, and that is no error of the counter.
    static long? HighestLimit(LinuxTree tree, string folder)
    {
        long? highest = null;
        for (var constraint = 0; tree.Number($"{Powercap}/{folder}/constraint_{constraint}_power_limit_uw") is { } limit; constraint++)
            highest = Math.Max(highest ?? 0, limit);
        return highest;
    }
}

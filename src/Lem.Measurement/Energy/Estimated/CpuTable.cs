using System.Globalization;

namespace Lem.Measurement.Energy.Estimated;

/// <summary>Thermal design power and threads of common processors, from their vendors' product pages.</summary>
static partial class CpuTable
{
    static readonly Dictionary<string, CpuSpecification> Known = Read(Rows);

    /// <summary>The processor of a model string as <c>/proc/cpuinfo</c> has it, or null where the table does not know it.</summary>
    public static CpuSpecification? Find(string? model) => model is null ? null : Known.GetValueOrDefault(CpuModelName.Normalise(model));

    internal static IReadOnlyCollection<string> Names => Known.Keys;

    static Dictionary<string, CpuSpecification> Read(string rows)
    {
        var known = new Dictionary<string, CpuSpecification>(StringComparer.Ordinal);
        foreach (var row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = row.IndexOf(':', StringComparison.Ordinal);
            var family = row[..colon];
            foreach (var entry in row[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries))
            {
                var parts = entry.Split('=', '/');
                known.Add(
                    $"{family} {parts[0]}".Trim(),
                    new CpuSpecification(int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture)));
            }
        }

        return known;
    }
}

using System.Globalization;
using Lem.Core;

namespace Lem.Measurement.Energy.Calibrating;

/// <summary>Reads the power of each device from a <c>timeseries.csv</c> of lem.</summary>
public static class SampleCsv
{
    /// <returns>Power by device; devices with fewer than two powers are left out.</returns>
    /// <exception cref="LemException">It is no such file.</exception>
    public static IReadOnlyDictionary<string, PowerTrack> Read(IEnumerable<string> lines, string name)
    {
        var points = new Dictionary<string, List<(double, double)>>(StringComparer.Ordinal);
        (int Time, int Device, int Power)? columns = null;
        foreach (var line in lines)
        {
            var cells = line.Split(',');
            if (columns is not var (time, device, power))
            {
                columns = (Array.IndexOf(cells, "t_s"), Array.IndexOf(cells, "device"), Array.IndexOf(cells, "power_w"));
                if (columns is ( < 0, _, _) or (_, < 0, _) or (_, _, < 0))
                    throw NotOurs(name);
                continue;
            }

            // The last line of a run that was killed may be half a line.
            if (cells.Length <= Math.Max(time, Math.Max(device, power)) || Number(cells[time]) is not { } at || Number(cells[power]) is not { } watts)
                continue;
            if (!points.TryGetValue(cells[device], out var track))
                points.Add(cells[device], track = []);
            if (track.Count == 0 || at > track[^1].Item1)
                track.Add((at, watts));
        }

        return points.Count > 0
            ? points.Where(p => p.Value.Count > 1).ToDictionary(p => p.Key, p => new PowerTrack(p.Value), StringComparer.Ordinal)
            : throw NotOurs(name);
    }

    static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    static LemException NotOurs(string name) => new(
        $"{name}: holds no power of a device over time", "Give the timeseries.csv of an experiment, or what lem measure --samples FILE -- … wrote.");
}

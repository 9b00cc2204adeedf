using System.Globalization;
using System.Text.RegularExpressions;
using Lem.Core;

namespace Lem.Measurement.Energy.Calibrating;

/// <summary>
/// Reads a table of an external power meter: a column of time and one of power, found by their headers, whose units they may state
/// (<c>t_ms</c>, <c>Time (s)</c>, <c>timestamp</c>, <c>power_w</c>, <c>Power [mW]</c>, <c>watts</c>).
/// </summary>
public static partial class MeterCsv
{
    static readonly (string Unit, double Seconds)[] TimeUnits = [("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9), ("s", 1), ("sec", 1), ("seconds", 1), ("min", 60)];
    static readonly (string Unit, double Watts)[] PowerUnits = [("mw", 1e-3), ("kw", 1e3), ("uw", 1e-6), ("w", 1), ("watt", 1), ("watts", 1)];

    /// <param name="column">Name of the power column where several could be meant; null = there is one.</param>
    /// <exception cref="LemException">The table is not in such a form; the message names the line or the columns.</exception>
    public static PowerTrack Read(IEnumerable<string> lines, string name, string? column = null)
    {
        var points = new List<(double, double)>();
        (int Index, double Factor) time = default, power = default;
        char separator = default;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
                continue;
            if (separator == default)
            {
                separator = new[] { '\t', ';', ',' }.MaxBy(candidate => line.Count(c => c == candidate));
                var header = Cells(line, separator);
                time = Column(header, IsTime, TimeUnits, name, "time", "t_s, t_ms or timestamp");
                power = Column(header, cell => column is null ? IsPower(cell) : cell == column, PowerUnits, name, "power", "power_w, power_mw or watts", "--column");
                continue;
            }

            var cells = Cells(line, separator);
            if (cells.Length <= Math.Max(time.Index, power.Index) || cells[power.Index].Length == 0)
                continue;
            var at = Instant(cells[time.Index]) is { } instant ? instant * time.Factor
                : Moment(cells[time.Index]) ?? throw Wrong(name, number, $"'{cells[time.Index]}' is no time");
            var watts = Instant(cells[power.Index]) * power.Factor ?? throw Wrong(name, number, $"'{cells[power.Index]}' is no power");
            if (points.Count > 0 && at < points[^1].Item1)
                throw Wrong(name, number, "time goes backwards");
            if (points.Count == 0 || at > points[^1].Item1)
                points.Add((at, watts));
        }

        return points.Count > 1 ? new(points) : throw new LemException($"{name}: holds no readings", "It must have a header line and a line for each reading.");
    }

    static (int Index, double Factor) Column(
        string[] header, Func<string, bool> meant, (string Unit, double Factor)[] units, string name, string what, string examples, string? option = null)
    {
        var found = Enumerable.Range(0, header.Length).Where(i => meant(header[i])).ToList();
        if (found is not [var index])
            throw new LemException(
                $"{name}: {(found.Count == 0 ? "no" : "more than one")} column of {what} among {string.Join(", ", header)}",
                found.Count > 0 && option is not null ? $"Name the one that is meant: {option} '{header[found[0]]}'." : $"Name the column so that it can be known: {examples}.");
        var words = Words(header[index]);
        return (index, units.Where(unit => words.AsSpan(1).Contains(unit.Unit) || words is [var only] && only == unit.Unit).Select(unit => unit.Factor).FirstOrDefault(1));
    }

    static bool IsTime(string header) => Words(header)[0] is "t" or "time" or "timestamp" or "elapsed" or "seconds" or "date" or "datetime" or "ts" or "s" or "ms";

    static bool IsPower(string header) => Words(header)[0] is "power" or "p" or "watts" or "watt" or "w" or "mw" or "kw";

    // "Power [mW]" and "power_mw" are both power and mw.
    static string[] Words(string header) => NoWord().Split(header.ToLowerInvariant()) is var words && words.Where(w => w.Length > 0).ToArray() is { Length: > 0 } some ? some : [""];

    static string[] Cells(string line, char separator) => [.. line.Split(separator).Select(cell => cell.Trim().Trim('"'))];

    static double? Instant(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    // What has no zone of its own counts as UTC; only differences matter.
    static double? Moment(string cell) =>
        DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.UtcTicks / (double)TimeSpan.TicksPerSecond : null;

    static LemException Wrong(string name, int line, string what) =>
        new($"{name}:{line}: {what}", "Numbers are written with a point; times are numbers or ISO 8601.");

    [GeneratedRegex(@"[^a-zµ]+")]
    private static partial Regex NoWord();
}

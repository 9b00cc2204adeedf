using System.Globalization;
using System.Text;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>A page in Prometheus' text format (version 0.0.4): series by name, their labels as written.</summary>
sealed class PrometheusPage
{
    readonly Dictionary<string, List<(string Labels, double Value)>> _series;

    PrometheusPage(Dictionary<string, List<(string, double)>> series) => _series = series;

    /// <summary>Reads a page; lines that are no samples are passed over.</summary>
    public static PrometheusPage Parse(string page)
    {
        var series = new Dictionary<string, List<(string, double)>>(StringComparer.Ordinal);
        foreach (var range in page.AsSpan().Split('\n'))
        {
            var line = page.AsSpan()[range].Trim();
            if (line.IsEmpty || line[0] == '#')
                continue;
            var open = line.IndexOf('{');
            var close = open < 0 ? -1 : line.LastIndexOf('}');
            var nameEnd = open >= 0 ? open : line.IndexOf(' ');
            if (nameEnd <= 0 || (open >= 0 && close < open))
                continue;
            var rest = line[(close >= 0 ? close + 1 : nameEnd)..].Trim();
            var valueEnd = rest.IndexOf(' ');
            if (Value(valueEnd < 0 ? rest : rest[..valueEnd]) is not { } value)
                continue;
            var name = line[..nameEnd].ToString();
            if (!series.TryGetValue(name, out var samples))
                series.Add(name, samples = []);
            samples.Add((open < 0 ? "" : line[(open + 1)..close].ToString(), value));
        }

        return new(series);
    }

    /// <summary>The sum over all label sets of a series (engines of a server, models); null where there is none.</summary>
    public double? Sum(string name) => _series.TryGetValue(name, out var samples) ? samples.Sum(sample => sample.Value) : null;

    /// <summary>The highest over all label sets.</summary>
    public double? Max(string name) => _series.TryGetValue(name, out var samples) ? samples.Max(sample => sample.Value) : null;

    /// <summary>The first of these names that is there, summed: engines rename their series from version to version.</summary>
    public double? Sum(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Sum(name) is { } value)
                return value;
        return null;
    }

    /// <summary>A label's value in a series that carries facts in its labels; null where it is not there.</summary>
    public string? Label(string name, string label) => Labels(name).GetValueOrDefault(label);

    /// <summary>All labels of a series that carries facts in them; none where it is not there.</summary>
    public IReadOnlyDictionary<string, string> Labels(string name)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!_series.TryGetValue(name, out var samples))
            return labels;
        var rest = samples[0].Labels.AsSpan();
        while (rest.IndexOf("=\"") is var equals and > 0)
        {
            var label = rest[..equals].Trim([',', ' ']).ToString();
            rest = rest[(equals + 2)..];
            var value = new StringBuilder();
            var i = 0;
            for (; i < rest.Length && rest[i] != '"'; i++)
                value.Append(rest[i] == '\\' && i + 1 < rest.Length ? rest[++i] is 'n' ? '\n' : rest[i] : rest[i]);
            labels[label] = value.ToString();
            rest = rest[Math.Min(i + 1, rest.Length)..];
        }

        return labels;
    }

    static double? Value(ReadOnlySpan<char> text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };
}

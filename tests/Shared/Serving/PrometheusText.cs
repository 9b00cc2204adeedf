using System.Globalization;
using System.Text;

namespace Lem.Tests.Shared.Serving;

/// <summary>A page in the Prometheus text format 0.0.4.</summary>
/// <param name="labels">Of every sample: <c>model_name="mock",engine="0"</c>; empty = none.</param>
sealed class PrometheusText(string labels)
{
    readonly StringBuilder _page = new();

    public PrometheusText Gauge(string name, double value, string help = "") => Simple(name, "gauge", name, value, help);

    /// <summary>A counter whose sample's name ends in <c>_total</c>; so does the name in its header, as Python's client writes it.</summary>
    public PrometheusText Counter(string name, double value, string help = "", string extraLabels = "") =>
        Simple(name, "counter", name, value, help, extraLabels);

    public PrometheusText Histogram(string name, Histogram histogram, string help = "")
    {
        var (buckets, sum, count) = histogram.Read();
        Header(name, "histogram", help);
        foreach (var (bound, below) in buckets)
            Sample($"{name}_bucket", below, $"le=\"{Number(bound)}\"");
        Sample($"{name}_bucket", count, "le=\"+Inf\"");
        Sample($"{name}_count", count);
        Sample($"{name}_sum", sum);
        return this;
    }

    /// <summary>A gauge that is always one and tells something in labels of its own.</summary>
    public PrometheusText Info(string name, string infoLabels, string help = "")
    {
        Header(name, "gauge", help);
        _page.Append(CultureInfo.InvariantCulture, $"{name}{{{infoLabels}}} 1.0\n");
        return this;
    }

    public override string ToString() => _page.ToString();

    PrometheusText Simple(string name, string type, string sample, double value, string help, string extraLabels = "")
    {
        Header(name, type, help);
        Sample(sample, value, extraLabels);
        return this;
    }

    void Header(string name, string type, string help) => _page.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    void Sample(string name, double value, string extraLabels = "")
    {
        var all = labels.Length > 0 && extraLabels.Length > 0 ? $"{labels},{extraLabels}" : labels + extraLabels;
        _page.Append(name);
        if (all.Length > 0)
            _page.Append('{').Append(all).Append('}');
        _page.Append(' ').Append(Number(value)).Append('\n');
    }

    // As Python writes a float: 1.0, 0.25.
    static string Number(double value) =>
        value.ToString(value == Math.Floor(value) && Math.Abs(value) < 1e15 ? "F1" : "R", CultureInfo.InvariantCulture);
}

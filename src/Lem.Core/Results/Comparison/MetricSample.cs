using Lem.Core.Results.Storage;
using Lem.Core.Statistics;

namespace Lem.Core.Results.Comparison;

/// <summary>A metric's repetitions in one configuration, as logarithms: their differences are ratios, whatever the unit.</summary>
/// <param name="Logs">One per load where there are several loads, else one per window. Empty with <paramref name="Reason"/>.</param>
sealed record MetricSample(IReadOnlyList<double> Logs, EstimatedVariance Shared, string? Reason)
{
    public static MetricSample Of(ComparedMetric metric, IReadOnlyList<ExperimentResult> windows)
    {
        List<(ExperimentResult Window, double Value)> known = [];
        foreach (var window in windows)
            if (metric.Value(window) is { } value)
                known.Add((window, value));
        if (known.Count == 0)
            return None(windows[0].Unavailable.FirstOrDefault(unavailable => unavailable.Path == metric.Path)?.Reason ?? "not_measured");
        if (known.Exists(one => one.Value <= 0))
            return None("not_positive");

        var loads = known.GroupBy(one => ExperimentId.OfExperiment(one.Window.ExperimentId), one => Math.Log(one.Value)).ToList();
        return loads is [var only]
            ? new([.. only], metric.SharedVariance([.. known.Select(one => one.Window)]), null)
            : new([.. loads.Select(load => load.Average())], EstimatedVariance.None, null);
    }

    public ComparedValue Describe(string name)
    {
        var sd = Descriptive.StandardDeviation([.. Logs]);
        return new(name, Logs.Count, Logs.Count > 0 ? Math.Exp(Logs.Average()) : null, sd is { } sigma ? Math.Sqrt(Math.Exp(sigma * sigma) - 1) : null, Reason);
    }

    static MetricSample None(string reason) => new([], EstimatedVariance.None, reason);
}

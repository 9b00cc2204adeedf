using System.Text.Json.Nodes;
using Lem.Core.Statistics;

namespace Lem.Core.Results.Aggregation;

/// <summary>The results of an experiment's cycles → statistics over them. Pure and idempotent.</summary>
public static class CycleAggregator
{
    /// <summary>Above this spread over cycles a mean is to be read with care.</summary>
    public const double LargestCv = 0.10;

    /// <exception cref="LemException">There are no cycles, or they are not of one experiment.</exception>
    public static MultiCycleResult Aggregate(IReadOnlyCollection<ExperimentResult> cycles, string experimentId)
    {
        List<ExperimentResult> ordered = [.. cycles.OrderBy(c => c.CycleIndex)];
        if (ordered.Count == 0)
            throw new LemException($"{experimentId} has no finished cycle", "Resume it, or run it again.");
        if (ordered.Select(c => c.ConfigHash).Distinct().Count() > 1)
            throw new LemException($"{experimentId}: its cycles ran with different configurations", "Compare them as separate experiments.");

        var first = ordered[0];
        var bootstrap = ChosenMethod(first);
        List<CycleStatistic> metrics = [.. CycleMetric.All.Select(metric => Statistic(metric, ordered, bootstrap))];
        return new MultiCycleResult(
            ExperimentResult.Schema,
            ExperimentResult.Lem,
            first.LemVersion,
            experimentId,
            first.ConfigName,
            first.ModelName,
            first.Backend,
            first.BackendVersion,
            first.ConfigHash,
            ordered.Count,
            first.CycleCount,
            [.. ordered.Select(c => c.ExperimentId)],
            ordered.Min(c => c.StartTime),
            ordered.Max(c => c.EndTime),
            ordered.Sum(c => c.Timestamps.DurationSec),
            metrics,
            [.. Findings(ordered, metrics)]);
    }

    static CycleStatistic Statistic(CycleMetric metric, List<ExperimentResult> cycles, string? chosen)
    {
        List<double?> values = [.. cycles.Select(metric.Value)];
        double[] known = [.. values.OfType<double>()];
        if (known.Length == 0)
        {
            var reason = cycles[0].Unavailable.FirstOrDefault(u => u.Path == metric.Path)?.Reason ?? "not_in_any_cycle";
            return new CycleStatistic(metric.Path, metric.Unit, 0, null, null, null, null, null, null, null, values, [], reason);
        }

        double[] numerators = known, denominators = [.. known.Select(_ => 1.0)];
        if (metric.Ratio is { } ratio)
        {
            var pairs = cycles.Where(c => metric.Value(c) is not null).Select(ratio).ToList();
            numerators = [.. pairs.Select(p => p.Numerator)];
            denominators = [.. pairs.Select(p => p.Denominator)];
        }

        var shared = metric.SharedVariance?.Invoke(cycles) ?? EstimatedVariance.None;
        var t = metric.Ratio is null
            ? StudentInterval.OfMeanWithSharedPart(known, shared)
            : RatioInterval.Jackknife(numerators, denominators, shared);
        var bca = Bootstrap.Bca(numerators, denominators);
        var percentile = Bootstrap.Percentile(numerators, denominators);
        var headline = chosen switch
        {
            "bca" when known.Length >= 30 => bca,
            "percentile" when known.Length >= 30 => percentile,
            _ => t,
        };
        return new CycleStatistic(
            metric.Path,
            metric.Unit,
            known.Length,
            RatioInterval.Ratio(numerators, denominators),
            Descriptive.Median(known),
            Descriptive.StandardDeviation(known),
            Descriptive.CoefficientOfVariation(known),
            headline.Interval,
            bca.Interval,
            percentile.Interval,
            values,
            known.Length == values.Count ? Outliers.ByModifiedZ(known) : [],
            headline.Reason);
    }

    /// <summary><c>statistics.ci_method</c> of the configuration that ran: t, bca or percentile.</summary>
    static string? ChosenMethod(ExperimentResult cycle) =>
        cycle.EffectiveConfig["statistics"] is JsonObject statistics
        && statistics["ci_method"] is JsonValue value && value.TryGetValue<string>(out var method)
            ? method
            : null;

    static IEnumerable<Finding> Findings(List<ExperimentResult> cycles, List<CycleStatistic> metrics)
    {
        if (cycles.Count < cycles[0].CycleCount)
        {
            yield return new(
                "cycles_missing",
                FindingSeverity.Warning,
                $"{cycles.Count} of {cycles[0].CycleCount} cycles are finished.",
                Hint: "lem resume measures the missing ones.");
        }

        foreach (var metric in metrics.Where(m => m.Cv > LargestCv))
        {
            yield return new(
                "cycles_vary",
                FindingSeverity.Warning,
                $"{metric.Metric} varies by {metric.Cv:P1} over cycles (more than {LargestCv:P0}).",
                Hint: "Look for other load, clocks that change, or a warm-up that was too short; more cycles narrow the interval.",
                Data: new JsonObject { ["metric"] = metric.Metric, ["cv"] = metric.Cv });
        }

        foreach (var metric in metrics.Where(m => m.Outliers.Count > 0))
        {
            yield return new(
                "cycle_outlier",
                FindingSeverity.Info,
                $"{metric.Metric}: cycle {string.Join(", ", metric.Outliers.Select(i => cycles[i].CycleIndex + 1))} lies far from the others. It is kept.",
                Data: new JsonObject { ["metric"] = metric.Metric, ["cycles"] = new JsonArray([.. metric.Outliers.Select(i => (JsonNode)(cycles[i].CycleIndex + 1))]) });
        }
    }
}

using Lem.Core.Statistics;

namespace Lem.Core.Metrics.Phases;

/// <summary>Energy of prefill and decode told apart by a second experiment: the same prompts with one output token.</summary>
/// <remarks>
/// For engines that do not stamp their phases. A one-token run is all prefill, the same prompts' full run is prefill and decode; both are measured in
/// cycles of their own. Neither part can be negative: where noise makes decode so, it is 0 and the prefill the full run's energy, and both keep the
/// intervals of the unconstrained difference, cut at 0.
/// </remarks>
/// <param name="PrefillJ">Mean energy of the one-token run, at most that of the full run.</param>
/// <param name="DecodeJ">Full run − one-token run, at least 0.</param>
/// <param name="IsConstrained">The difference was negative.</param>
public sealed record PhaseSplit(double PrefillJ, double DecodeJ, IntervalEstimate Prefill, IntervalEstimate Decode, bool IsConstrained)
{
    public const string Method = "one_token_run_subtracted";

    const double Level = 0.95;

    /// <param name="fullJ">Energy of each cycle of the full run.</param>
    /// <param name="oneTokenJ">Energy of each cycle of the one-token run.</param>
    /// <returns>Null where one of the runs has no cycle.</returns>
    public static PhaseSplit? Of(ReadOnlySpan<double> fullJ, ReadOnlySpan<double> oneTokenJ)
    {
        if (Descriptive.Mean(fullJ) is not { } full || Descriptive.Mean(oneTokenJ) is not { } prefill)
            return null;
        var decode = full - prefill;
        return new(
            Math.Min(prefill, full),
            Math.Max(decode, 0),
            NotNegative(StudentInterval.OfMean(oneTokenJ)),
            NotNegative(Difference(decode, fullJ, oneTokenJ)),
            decode < 0);
    }

    // Welch's t: the two runs need not scatter alike, nor have equally many cycles.
    static IntervalEstimate Difference(double difference, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (Descriptive.StandardDeviation(first) is not { } firstSd || Descriptive.StandardDeviation(second) is not { } secondSd)
            return IntervalEstimate.None("too_few_samples");
        var (a, b) = (firstSd * firstSd / first.Length, secondSd * secondSd / second.Length);
        if (a + b == 0)
            return IntervalEstimate.Of(difference, difference, Level, "welch_t");
        var freedom = (a + b) * (a + b) / (a * a / (first.Length - 1) + b * b / (second.Length - 1));
        var half = StudentInterval.Factor(freedom, Level) * Math.Sqrt(a + b);
        return IntervalEstimate.Of(difference - half, difference + half, Level, "welch_t");
    }

    static IntervalEstimate NotNegative(IntervalEstimate estimate) => estimate.Interval is { } interval
        ? new(interval with { Low = Math.Max(0, interval.Low), High = Math.Max(0, interval.High) }, null)
        : estimate;
}

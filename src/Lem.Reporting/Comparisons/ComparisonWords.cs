using System.Globalization;
using Lem.Core.Results.Comparison;
using Lem.Core.Statistics;

namespace Lem.Reporting.Comparisons;

/// <summary>What a comparison of two configurations found, as a sentence: never "no difference", for not found is not absent.</summary>
public static class ComparisonWords
{
    /// <param name="comparison">The metric that the pair is of.</param>
    public static string Sentence(MetricComparison comparison, PairComparison pair)
    {
        var words = MetricWords.Of(comparison.Metric);
        return pair switch
        {
            { Verdict: ComparisonVerdict.CannotTell, Interval: { } interval } => CannotTell(comparison, pair, interval),
            { Verdict: ComparisonVerdict.Lower or ComparisonVerdict.Higher, Ratio: { } ratio, Interval: { } interval } =>
                $"{Seen(words, pair, ratio)} (95 %: {Range(ratio < 1, interval)})",
            { Reason: "single_cycle", Ratio: { } ratio } =>
                $"{Seen(words, pair, ratio)} as measured once: there is neither interval nor test, and it may be chance",
            _ => $"{pair.Subject} and {pair.Reference} are not compared: {Reason(pair.Reason)}",
        };
    }

    /// <summary>Why a figure or a test is missing.</summary>
    public static string Reason(string? reason) => reason switch
    {
        "not_positive" => "a value is not above zero, and has no ratio",
        "no_spread" => "the values do not vary at all, and without spread there is no test",
        null => "not known",
        _ => reason,
    };

    /// <summary>Two figures at least, and no sign: <c>4.1 %</c>, <c>12 %</c>, <c>0.35 %</c>.</summary>
    public static string Percent(double fraction) => $"{Number(fraction)} %";

    static string Seen(MetricWords words, PairComparison pair, double ratio) =>
        $"{pair.Subject} {words.Verb} {Percent(ratio - 1)} {(ratio < 1 ? words.Less : words.More)} than {pair.Reference}";

    static string CannotTell(MetricComparison comparison, PairComparison pair, ConfidenceInterval interval)
    {
        var seen = Percent((pair.Ratio ?? 1) - 1);
        var enough = pair.CyclesNeeded is { } cycles
            ? $"about {cycles.ToString("N0", CultureInfo.InvariantCulture)} would, if the {seen} seen is the true difference"
            : $"no number of cycles would, if the {seen} seen is the true difference";
        var alone = pair.P < ConfigurationComparer.Level
            ? $"; taken alone they would (p = {Figures.Plain(pair.P)}), but not among {comparison.Pairs.Count} comparisons (Holm: {Figures.Plain(pair.HolmP)})"
            : "";
        return $"these {Cycles(comparison, pair)} cannot tell {pair.Reference} and {pair.Subject} apart; {enough} "
            + $"(95 %: {Signed(interval.Low)} … {Signed(interval.High)}){alone}";
    }

    static string Cycles(MetricComparison comparison, PairComparison pair)
    {
        int Of(string name) => comparison.Values.First(value => value.Name == name).N;
        var (first, second) = (Of(pair.Reference), Of(pair.Subject));
        return first == second ? $"{first} cycles" : $"{first} and {second} cycles";
    }

    static string Range(bool isLess, ConfidenceInterval ratio) => isLess
        ? $"{Number(1 - ratio.High)}…{Percent(1 - ratio.Low)}"
        : $"{Number(ratio.Low - 1)}…{Percent(ratio.High - 1)}";

    static string Signed(double ratio) => ratio < 1 ? $"{Percent(1 - ratio)} less" : $"{Percent(ratio - 1)} more";

    static string Number(double fraction)
    {
        var percent = Math.Abs(fraction) * 100;
        var decimals = percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : percent >= 0.0995 ? 2 : 3;
        return percent.ToString("F" + decimals, CultureInfo.InvariantCulture);
    }
}

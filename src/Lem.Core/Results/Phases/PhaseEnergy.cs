using System.Globalization;
using Lem.Core.Metrics.Phases;
using Lem.Core.Results.Comparison;

namespace Lem.Core.Results.Phases;

/// <summary>Tells the energy of prefill and decode apart from results alone: by a one-token run subtracted, or by regression over windows.</summary>
/// <remarks>Energies are gross totals of windows. Pure: the same results give the same figures.</remarks>
public static class PhaseEnergy
{
    /// <summary>Requests of a window that were answered.</summary>
    public static long Answered(ExperimentResult window) => window.InferenceMetrics.Requests - window.InferenceMetrics.FailedRequests;

    /// <summary>Whether every answer of these windows has one token: all they did was prefill.</summary>
    public static bool IsOneToken(Contender side) =>
        side.Windows.All(window => window.InferenceMetrics.OutputTokens == Answered(window) && Answered(window) > 0);

    /// <param name="full">Windows with answers of their usual length; every one has an energy.</param>
    /// <param name="oneToken">The same prompts with one output token; every one has an energy.</param>
    public static PhaseEnergyResult BySubtraction(Contender full, Contender oneToken)
    {
        var split = PhaseSplit.Of(Energies(full), Energies(oneToken)) ?? throw new ArgumentException("a side without a window", nameof(full));
        var findings = Comparability.Doubts([full, oneToken]).Where(doubt => IsOfMeasuring(doubt) || doubt.Code is "compare_prompts_differ").ToList();
        if (split.IsConstrained)
            findings.Add(new(
                "phase_decode_negative", FindingSeverity.Warning,
                "The one-token run took more energy than the full run: decode is stated as 0, which says that these cycles cannot tell it from noise.",
                Hint: "Longer answers, more requests or more cycles make the difference stand out."));
        if (full.Windows.Concat(oneToken.Windows).Any(window => window.Load is { Kind: "open_loop" }))
            findings.Add(new(
                "phase_idle_in_prefill", FindingSeverity.Warning,
                "Requests came at a rate: both runs last as long as their arrivals, so that what the machine draws while it waits is in the one-token run, and here in prefill.",
                Hint: "Measure both in a closed loop: --concurrency 1 instead of --rate."));
        if (full.Windows.Any(IsOverlapped))
            findings.Add(new(
                "phase_overlap", FindingSeverity.Info,
                "Requests ran side by side: in the full run prefills share steps with other requests' decodes, and are cheaper there than in the one-token run.",
                Hint: "Prefill is an upper bound then, and decode a lower one; --concurrency 1 has no such overlap."));
        return new(
            PhaseEnergyResult.Schema, ExperimentResult.Lem, PhaseSplit.Method, Ids([full]), Ids([oneToken]), split,
            Ratio(split.PrefillJ, full.Windows.Average(window => window.InferenceMetrics.InputTokens)),
            Ratio(split.DecodeJ, full.Windows.Average(TokensAfterTheFirst)),
            null, null, findings);
    }

    /// <param name="sides">Windows of different lengths; every one has an energy.</param>
    public static PhaseEnergyResult ByRegression(IReadOnlyList<Contender> sides)
    {
        var windows = sides.SelectMany(side => side.Windows).ToList();
        var (regression, reason) = PhaseRegression.Of([.. windows.Select(CellOf)]);
        List<Finding> findings = [.. Comparability.Doubts(sides).Where(IsOfMeasuring)];
        if (regression is not null)
            findings.AddRange(Undetermined(regression));
        return new(
            PhaseEnergyResult.Schema, ExperimentResult.Lem, PhaseRegression.Method, Ids(sides), [], null, null, null, regression, reason, findings);
    }

    // Lengths are to differ, and missing intervals tell of missing repetitions.
    static bool IsOfMeasuring(Finding doubt) =>
        doubt.Code is not ("compare_lengths_differ" or "compare_prompts_differ" or "compare_single_cycle" or "compare_one_load_each");

    static IEnumerable<Finding> Undetermined(PhaseRegression regression) =>
        from term in ((string Name, PhaseTerm Term)[])
        [
            ("per input token", regression.PerInputTokenJ), ("per output token", regression.PerOutputTokenJ), ("of the time", regression.IdleW),
        ]
        where !term.Term.IsIdentified
        select new Finding(
            "phase_not_identified", FindingSeverity.Warning,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The energy {term.Name} cannot be told from the others: variance inflation {term.Term.VarianceInflation:0} (at most {PhaseTerm.LargestInflation:0})."),
            Hint: "Vary input and output lengths independently of each other, and the rate of arrivals so that time is not a sum of tokens.");

    static PhaseCell CellOf(ExperimentResult window) => new(
        window.InferenceMetrics.InputTokens, window.InferenceMetrics.OutputTokens, window.InferenceMetrics.InferenceTimeSec, EnergyOf(window));

    static double[] Energies(Contender side) => [.. side.Windows.Select(EnergyOf)];

    static double EnergyOf(ExperimentResult window) =>
        window.EnergyMetrics.TotalEnergyJ?.Value ?? throw new ArgumentException($"{window.ExperimentId} has no energy", nameof(window));

    static bool IsOverlapped(ExperimentResult window) => window.Load is { MaxInFlight: > 1 };

    static double TokensAfterTheFirst(ExperimentResult window) =>
        window.InferenceMetrics.OutputTokens - Answered(window);

    static double? Ratio(double joules, double tokens) => tokens > 0 ? joules / tokens : null;

    static List<string> Ids(IReadOnlyList<Contender> sides) => [.. sides.SelectMany(side => side.Windows).Select(window => window.ExperimentId)];
}

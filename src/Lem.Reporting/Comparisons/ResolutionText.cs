using Lem.Core.Statistics.Comparison;

namespace Lem.Reporting.Comparisons;

/// <summary>What a plan will be able to tell: the smallest difference of J/token between two configurations of so many cycles each.</summary>
public static class ResolutionText
{
    const string Terms = "in four of five repetitions (5 % two-sided)";

    static readonly double[] UsualSpreads = [0.01, 0.03, 0.05];

    /// <summary>Without a pilot: for spreads that are common, one line.</summary>
    /// <param name="cycles">At least 2.</param>
    public static string WithoutPilot(int cycles) =>
        $"{Start(cycles)} {string.Join(", ", UsualSpreads.Select(cv => $"{Smallest(cycles, cv)} (CV {ComparisonWords.Percent(cv)})"))} on, {Terms}; "
        + "--pilot ID takes the CV from a finished run";

    /// <param name="cv">Coefficient of variation of J/token over the pilot's cycles.</param>
    public static string WithPilot(int cycles, string pilot, double cv, int pilotCycles)
    {
        var (low, high) = Resolution.IntervalOfCv(cv, pilotCycles);
        return $"{Start(cycles)} {Smallest(cycles, cv)} on, {Terms}, at the CV of {ComparisonWords.Percent(cv)} of {pilot}; "
            + $"its {pilotCycles} cycles allow a CV of {ComparisonWords.Percent(low)} to {ComparisonWords.Percent(high)}, "
            + $"and so {Smallest(cycles, low)} to {Smallest(cycles, high)}";
    }

    static string Start(int cycles) => $"{cycles} cycles against {cycles} tell differences in J/token apart from";

    static string Smallest(int cycles, double cv) => ComparisonWords.Percent(Resolution.SmallestRatio(cycles, cv) - 1);
}

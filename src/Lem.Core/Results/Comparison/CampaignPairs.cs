namespace Lem.Core.Results.Comparison;

/// <summary>Pairs of repetitions that a campaign ran one after the other: what drifts over the campaign, both of a pair have in common.</summary>
static class CampaignPairs
{
    /// <summary>
    /// The cycles that both sides have, in order, where one campaign interleaved them: each cycle of both ended before the next of either
    /// began. Null where it did not.
    /// </summary>
    public static IReadOnlyList<(IReadOnlyList<ExperimentResult> First, IReadOnlyList<ExperimentResult> Second)>? Of(Contender first, Contender second)
    {
        if (Campaign(first) is not { } campaign || campaign != Campaign(second))
            return null;
        var seconds = ByCycle(second);
        List<(IReadOnlyList<ExperimentResult> First, IReadOnlyList<ExperimentResult> Second)> pairs = [];
        foreach (var cycle in ByCycle(first).Where(cycle => seconds.Contains(cycle.Key)).OrderBy(cycle => cycle.Key))
            pairs.Add(([.. cycle], [.. seconds[cycle.Key]]));
        var isInterleaved = pairs.Count >= 2 && pairs.Zip(pairs.Skip(1)).All(step =>
            Windows(step.First).Max(window => window.EndTime) <= Windows(step.Second).Min(window => window.StartTime));
        return isInterleaved ? pairs : null;
    }

    static string? Campaign(Contender side) =>
        side.Windows.Select(window => window.Campaign?.Id).Distinct().ToList() is [{ } only] ? only : null;

    static ILookup<int, ExperimentResult> ByCycle(Contender side) => side.Windows.ToLookup(window => window.Campaign?.Cycle ?? 0);

    static IEnumerable<ExperimentResult> Windows((IReadOnlyList<ExperimentResult> First, IReadOnlyList<ExperimentResult> Second) pair) =>
        pair.First.Concat(pair.Second);
}

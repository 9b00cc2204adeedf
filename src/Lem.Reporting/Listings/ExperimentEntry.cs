using Lem.Core.Results;
using Lem.Core.Results.Listing;
using Lem.Core.Units;

namespace Lem.Reporting.Listings;

/// <summary>One experiment in a list, its cycles together: figures are means over the cycles, and of ratios the ratio of sums.</summary>
/// <param name="Start">Start of its first window; null where nothing of it can be read.</param>
/// <param name="Cycles">Windows with a result.</param>
/// <param name="RequestedCycles">Windows asked for.</param>
/// <param name="TotalEnergyMethod">The weakest method of all cycles.</param>
/// <param name="Findings">Kinds of findings (by their code), each counted once over the cycles.</param>
/// <param name="Gravest">The gravest of them; null where there is none.</param>
public sealed record ExperimentEntry(
    string Id,
    DateTimeOffset? Start,
    string? ConfigName,
    string? ModelName,
    string? Backend,
    int Cycles,
    int RequestedCycles,
    ExperimentState State,
    Joules? TotalEnergyJ = null,
    EnergyMethod? TotalEnergyMethod = null,
    double? JoulesPerOutputToken = null,
    double? TokensPerSecond = null,
    double? OutputTokensPerSecond = null,
    int Findings = 0,
    FindingSeverity? Gravest = null)
{
    /// <summary>The entry of an experiment from the results of its windows, at least one.</summary>
    /// <param name="overCycles">Findings that only show over the cycles.</param>
    public static ExperimentEntry Of(string id, IReadOnlyList<ResultDigest> windows, ExperimentState state, IReadOnlyList<FindingDigest> overCycles)
    {
        var first = windows[0];
        var energies = windows.Select(w => w.EnergyMetrics.TotalEnergyJ?.Value).ToList();
        var joules = energies.Sum();
        var energyKnown = energies.TrueForAll(e => e is not null);
        var outputTokens = windows.Sum(w => w.InferenceMetrics.OutputTokens);
        List<FindingDigest> findings = [.. windows.SelectMany(w => w.Findings).Concat(overCycles).OrderByDescending(f => f.Severity).DistinctBy(f => f.Code)];
        return new(
            id,
            windows.Min(w => w.StartTime),
            first.ConfigName,
            first.ModelName,
            first.Backend,
            windows.Count,
            first.CycleCount,
            state,
            energyKnown ? new Joules(joules!.Value / windows.Count) : null, // a sum of known values is known
            energyKnown ? windows.Max(w => w.EnergyMetrics.TotalEnergyMethod) : null,
            energyKnown && outputTokens > 0 ? joules / outputTokens : null,
            Mean(windows, w => w.InferenceMetrics.TokensPerSecond),
            Mean(windows, w => w.InferenceMetrics.OutputTokensPerSecond),
            findings.Count,
            findings.Count > 0 ? findings.Max(f => f.Severity) : null);
    }

    static double? Mean(IReadOnlyList<ResultDigest> windows, Func<ResultDigest, double?> figure) =>
        windows.All(w => figure(w) is not null) ? windows.Average(figure) : null;
}

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
        var start = first.StartTime;
        double? joules = 0;
        var method = first.EnergyMetrics.TotalEnergyMethod;
        long outputTokens = 0;
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        FindingSeverity? gravest = null;
        foreach (var window in windows)
        {
            start = window.StartTime < start ? window.StartTime : start;
            joules += window.EnergyMetrics.TotalEnergyJ?.Value; // unknown of one is unknown of all
            method = window.EnergyMetrics.TotalEnergyMethod > method ? window.EnergyMetrics.TotalEnergyMethod : method;
            outputTokens += window.InferenceMetrics.OutputTokens;
            Count(window.Findings);
        }

        Count(overCycles);
        return new(
            id,
            start,
            first.ConfigName,
            first.ModelName,
            first.Backend,
            windows.Count,
            first.CycleCount,
            state,
            joules is { } sum ? new Joules(sum / windows.Count) : null,
            joules is null ? null : method,
            outputTokens > 0 ? joules / outputTokens : null,
            Mean(windows, w => w.InferenceMetrics.TokensPerSecond),
            Mean(windows, w => w.InferenceMetrics.OutputTokensPerSecond),
            kinds.Count,
            gravest);

        void Count(IReadOnlyList<FindingDigest> findings)
        {
            foreach (var finding in findings)
            {
                kinds.Add(finding.Code);
                gravest = gravest is { } worst && worst >= finding.Severity ? worst : finding.Severity;
            }
        }
    }

    static double? Mean(IReadOnlyList<ResultDigest> windows, Func<ResultDigest, double?> figure)
    {
        double? sum = 0;
        foreach (var window in windows)
            sum += figure(window);
        return sum / windows.Count;
    }
}

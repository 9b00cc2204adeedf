using Lem.Core.Units;

namespace Lem.Core.Results.Listing;

/// <summary>What a list says of a result: the few fields it needs, by the names and places they have in the result itself.</summary>
public sealed record ResultDigest(
    string ExperimentId,
    string ConfigName,
    string ModelName,
    string Backend,
    int CycleCount,
    DateTimeOffset StartTime,
    ResultDigest.Inference InferenceMetrics,
    ResultDigest.Energy EnergyMetrics,
    IReadOnlyList<FindingDigest> Findings)
{
    /// <summary>Of <see cref="Results.InferenceMetrics"/>.</summary>
    public sealed record Inference(long OutputTokens, double? TokensPerSecond, double? OutputTokensPerSecond);

    /// <summary>Of <see cref="Results.EnergyMetrics"/>.</summary>
    public sealed record Energy(Joules? TotalEnergyJ, EnergyMethod? TotalEnergyMethod);
}

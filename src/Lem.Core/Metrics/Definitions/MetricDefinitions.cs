namespace Lem.Core.Metrics.Definitions;

/// <summary>Every field of a result and what it is: the source of docs/metrics.md and of the units in exports.</summary>
public static class MetricDefinitions
{
    /// <summary>By part of the result, in its order.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<MetricDefinition> Definitions)> Parts { get; } =
    [
        ("Identity and headline", IdentityDefinitions.All),
        ("Inference", InferenceDefinitions.Inference),
        ("Energy", EnergyDefinitions.Metrics),
        ("Energy by device", EnergyDefinitions.Breakdown),
        ("Compute and memory", ComputeDefinitions.Compute),
        ("Latency", InferenceDefinitions.Latency),
        ("Load", LoadDefinitions.All),
        ("Figures of each latency distribution", InferenceDefinitions.Distribution),
        ("Extended metrics", ComputeDefinitions.Extended),
        ("Conditions and the measurement itself", ConditionDefinitions.All),
        ("What a server says of itself", ServerDefinitions.All),
    ];

    /// <summary>What a path of a result is, the most exact definition first; null for a path that no result has.</summary>
    public static MetricDefinition? Of(string path) => Parts
        .SelectMany(part => part.Definitions)
        .Where(definition => definition.Covers(path))
        .MinBy(definition => definition.Path.Count(c => c == '*'));
}

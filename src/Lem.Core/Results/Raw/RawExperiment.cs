using System.Text.Json.Nodes;

namespace Lem.Core.Results.Raw;

/// <summary>experiment.json: one measured window, what it was and how it went, before any statistics.</summary>
/// <param name="StartTime">Start of the whole experiment; the window is in <paramref name="Window"/>.</param>
/// <param name="Partial">The window was closed early: interrupted, or requests were left.</param>
/// <param name="Unavailable">Why fields of the result that only the measuring side knows are null, by their path in the result.</param>
public sealed record RawExperiment(
    string SchemaVersion,
    string Producer,
    string LemVersion,
    ExperimentIdentity Identity,
    ConfigurationRecord Configuration,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    Timestamps Window,
    EnvironmentPair Environment,
    IReadOnlyList<BaselineRecord> Baselines,
    WarmupResult? WarmupResult,
    IReadOnlyList<PhaseRecord> Phases,
    JsonObject? EngineEffective,
    ModelFacts Model,
    DatasetRecord Dataset,
    LatencyObjectives Objectives,
    CarbonIntensity? Carbon,
    int Processes,
    bool Partial,
    string? TimeseriesPath,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Unavailable> Unavailable,
    ModelLoad? ModelLoad = null,
    LoadRecord? Load = null)
{
    /// <summary>Version of the raw files.</summary>
    public const string Schema = "3.0.0";
}

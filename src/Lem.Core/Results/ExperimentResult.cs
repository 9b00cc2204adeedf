using System.Text.Json.Nodes;
using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>
/// One measured window: what ran, what it cost, how that is known. Schema v3; every field is always present, and each null stands in
/// <paramref name="Unavailable"/> with its reason.
/// </summary>
/// <param name="ExperimentId">Id of the window; cycles of one experiment end in <c>_c&lt;k&gt;</c>.</param>
/// <param name="StartTime">Start of the whole experiment.</param>
/// <param name="Timestamps">The measured window.</param>
/// <param name="TotalInferenceTimeSec">Union window, as <c>inference_metrics.inference_time_sec</c>.</param>
/// <param name="AvgTokensPerSecond">System rate, all tokens ÷ window.</param>
/// <param name="AvgEnergyPerTokenJ">Total energy ÷ all tokens.</param>
/// <param name="TotalFlops">Useful FLOPs.</param>
/// <param name="EnergyTrackingFailed">No energy at all could be had.</param>
/// <param name="Partial">The window was closed before all requests were done.</param>
/// <param name="Migration">Where it came from, if an older tool measured it; null of lem's own.</param>
public sealed record ExperimentResult(
    string SchemaVersion,
    string Producer,
    string LemVersion,
    string ExperimentId,
    string ConfigName,
    string ModelName,
    string? ModelRevision,
    bool Synthetic,
    string Backend,
    string? BackendVersion,
    string? ImageDigest,
    string ConfigHash,
    CampaignCell? Campaign,
    int CycleIndex,
    int CycleCount,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    Timestamps Timestamps,
    long TotalTokens,
    Joules? TotalEnergyJ,
    double TotalInferenceTimeSec,
    double? AvgTokensPerSecond,
    double? AvgEnergyPerTokenJ,
    double? TotalFlops,
    bool EnergyTrackingFailed,
    bool Partial,
    InferenceMetrics InferenceMetrics,
    EnergyMetrics EnergyMetrics,
    EnergyBreakdown EnergyBreakdown,
    ComputeMetrics ComputeMetrics,
    LatencyStats LatencyStats,
    ExtendedMetrics ExtendedMetrics,
    ThermalThrottleInfo ThermalThrottle,
    WarmupResult? WarmupResult,
    SteadyState SteadyState,
    IReadOnlyList<BaselineRecord> Baselines,
    IReadOnlyList<PhaseRecord> Phases,
    EnvironmentPair Environment,
    ModelFacts Model,
    DatasetCharacteristics Dataset,
    JsonObject EffectiveConfig,
    JsonObject ParameterProvenance,
    IReadOnlyList<string> PresetChain,
    JsonObject CliOverrides,
    IReadOnlyList<string> ConfigWarnings,
    JsonObject? EngineEffective,
    MeasurementOverhead Overhead,
    IReadOnlyList<SamplerQuality> Sampling,
    string? TimeseriesPath,
    AggregationRecord Aggregation,
    IReadOnlyList<ProcessResult> ProcessResults,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Unavailable> Unavailable,
    ModelLoad? ModelLoad = null,
    LoadMetrics? Load = null,
    MigrationRecord? Migration = null)
{
    /// <summary>Version of the form; readers tell ours from others' by <see cref="Producer"/>.</summary>
    public const string Schema = "3.0.0";

    /// <summary>Who writes this form.</summary>
    public const string Lem = "lem";
}

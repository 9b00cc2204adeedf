using System.Text.Json.Serialization;

namespace Lem.Measurement.Experiments.Events;

/// <summary>The stations in the life of one experiment, in their order; Warmup to Settle come again for each cycle that needs them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExperimentPhase>))]
public enum ExperimentPhase
{
    [JsonStringEnumMemberName("environment")] Environment,
    [JsonStringEnumMemberName("idle")] Idle,
    [JsonStringEnumMemberName("load")] Load,
    [JsonStringEnumMemberName("prepare")] Prepare,
    [JsonStringEnumMemberName("context_idle")] ContextIdle,
    [JsonStringEnumMemberName("warmup")] Warmup,
    [JsonStringEnumMemberName("measure")] Measure,
    [JsonStringEnumMemberName("settle")] Settle,
    [JsonStringEnumMemberName("finish")] Finish,
}

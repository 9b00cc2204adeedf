using System.Text.Json.Serialization;

namespace Lem.Measurement.Experiments.Events;

/// <summary>How an experiment ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExperimentOutcome>))]
public enum ExperimentOutcome
{
    /// <summary>Every window was measured.</summary>
    [JsonStringEnumMemberName("completed")] Completed,

    /// <summary>A person stopped it; it can be resumed.</summary>
    [JsonStringEnumMemberName("interrupted")] Interrupted,

    /// <summary>The engine or the machine failed in the middle; what was saved stands.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Measured, but a gate that was asked for (<c>baseline.required</c>) did not hold.</summary>
    [JsonStringEnumMemberName("gate_failed")] GateFailed,
}

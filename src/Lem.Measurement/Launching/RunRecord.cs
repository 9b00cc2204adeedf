using System.Text.Json.Serialization;

namespace Lem.Measurement.Launching;

/// <summary>One entry of <c>run/</c>.</summary>
/// <param name="Lem">The lem process itself.</param>
/// <param name="Children">Processes it started and must not leave behind.</param>
sealed record RunRecord(string ExperimentId, ProcessIdentity Lem, IReadOnlyList<ProcessIdentity> Children);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunRecord))]
sealed partial class RunJson : JsonSerializerContext;

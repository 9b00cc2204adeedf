using System.Text.Json.Serialization;
using Lem.Measurement.Launching.Containers;

namespace Lem.Measurement.Launching;

/// <summary>One entry of <c>run/</c>.</summary>
/// <param name="Lem">The lem process itself.</param>
/// <param name="Children">Processes it started and must not leave behind.</param>
/// <param name="Containers">Containers it brought up, and what it started in those of others; null in entries of versions that knew none.</param>
sealed record RunRecord(string ExperimentId, ProcessIdentity Lem, IReadOnlyList<ProcessIdentity> Children, IReadOnlyList<ContainerRecord>? Containers = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunRecord))]
sealed partial class RunJson : JsonSerializerContext;

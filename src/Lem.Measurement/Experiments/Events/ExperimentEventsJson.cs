using System.Text.Json.Serialization;

namespace Lem.Measurement.Experiments.Events;

/// <summary>The format of <c>--events jsonl</c>: one object per line, its <c>kind</c> first.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExperimentEvent))]
public sealed partial class ExperimentEventsJson : JsonSerializerContext;

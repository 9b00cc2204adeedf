using System.Text.Json.Serialization;
using Lem.Core;
using Lem.Core.Results;

namespace Lem.Measurement.Experiments.Events;

/// <summary>The format of <c>--events jsonl</c>: one object per line, its <c>kind</c> first.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(SnakeCaseEnumConverter<FindingSeverity>)])]
[JsonSerializable(typeof(ExperimentEvent))]
public sealed partial class ExperimentEventsJson : JsonSerializerContext;

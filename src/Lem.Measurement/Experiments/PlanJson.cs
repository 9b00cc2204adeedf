using System.Text.Json.Serialization;

namespace Lem.Measurement.Experiments;

/// <summary>The format of <c>run/&lt;id&gt;.plan.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ExperimentPlan))]
sealed partial class PlanJson : JsonSerializerContext;

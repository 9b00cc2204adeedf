using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Phases;
using Lem.Core.Results.Programs;
using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>JSON schema of the result files, from the same types that write them.</summary>
public static class ResultSchema
{
    /// <summary>Schema of aggregated/&lt;id&gt;.json.</summary>
    public static JsonObject OfExperimentResult() => Of(ResultsJson.Default.ExperimentResult, "ExperimentResult v3 of lem");

    /// <summary>Schema of &lt;id&gt;_multi_cycle.json.</summary>
    public static JsonObject OfMultiCycleResult() => Of(ResultsJson.Default.MultiCycleResult, "MultiCycleResult v3 of lem");

    /// <summary>Schema of what <c>lem results compare --format json</c> prints.</summary>
    public static JsonObject OfComparison() => Of(ComparisonJson.Default.ComparisonResult, "Comparison v3 of lem");

    /// <summary>Schema of what <c>lem results phases --json</c> prints.</summary>
    public static JsonObject OfPhaseEnergy() => Of(PhaseEnergyJson.Default.PhaseEnergyResult, "Energy by phase v3 of lem");

    /// <summary>Schema of what <c>lem measure --json</c> prints.</summary>
    public static JsonObject OfProgram() => Of(ProgramJson.Default.ProgramResult, "Measured program v3 of lem");

    static JsonObject Of(JsonTypeInfo type, string title)
    {
        var schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema;
    }

    /// <summary>The exporter cannot see into converters: says what ours write. And every field of a result is always present.</summary>
    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        var underlying = Nullable.GetUnderlyingType(type);
        var nullable = underlying is not null;
        if ((underlying ?? type) == typeof(Joules) || (underlying ?? type) == typeof(Watts))
            return Typed("number", nullable);
        if ((underlying ?? type) == typeof(DateTimeOffset))
            return Typed("string", nullable, ("format", "date-time"));
        if (schema is JsonObject { } described && described["properties"] is JsonObject properties)
            described["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]);
        return schema;
    }

    static JsonObject Typed(string name, bool nullable, params (string Key, string Value)[] more)
    {
        var schema = new JsonObject { ["type"] = nullable ? new JsonArray(name, "null") : name };
        foreach (var (key, value) in more)
            schema[key] = value;
        return schema;
    }
}

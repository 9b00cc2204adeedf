using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Engines.Universes;
using Lem.Core.Configuration.Schema;

namespace Lem.Tests.Measurement.Engines.OpenAi;

/// <summary>A configuration that sets every declared parameter of an engine, each to a value that is not its default.</summary>
static class EveryParameter
{
    /// <summary>The values of a section.</summary>
    /// <param name="universe">What the engine itself says of values that lem takes as they are.</param>
    public static JsonObject Of(ParameterTable table, EngineUniverse universe, Func<Parameter, bool> wanted) =>
        Of(table.Parameters.Where(wanted), [.. universe.Lists.SelectMany(list => list.Arguments)]);

    static JsonObject Of(IEnumerable<Parameter> rows, IReadOnlyList<EngineArgument> known)
    {
        var values = new JsonObject();
        foreach (var row in rows)
            values[row.Name] = Value(row, known.FirstOrDefault(argument => argument.Name == row.Name));
        return values;
    }

    static JsonNode? Value(Parameter row, EngineArgument? argument) => row switch
    {
        { Fields.Count: > 0 } => Of(row.Fields, argument?.Fields ?? []),
        { Name: "environment" } => new JsonObject { ["VLLM_FIRST"] = "one", ["NCCL_SECOND"] = 2 },
        { Name: "max_lora_rank" } => 64,
        _ => Value(row.Shape, row.Name, argument, row.Default),
    };

    static JsonNode? Value(Shape shape, string name, EngineArgument? argument, JsonNode? usual) => shape switch
    {
        BooleanShape => usual?.GetValueKind() is not JsonValueKind.True,
        IntegerShape range => Math.Clamp(((usual is null ? range.Min ?? 2 : long.Parse(usual.ToJsonString(), CultureInfo.InvariantCulture))) + 1, range.Min ?? long.MinValue, range.Max ?? long.MaxValue),
        NumberShape range => (range.Max ?? range.Below) is { } most ? most * 0.75 : (range.Min ?? range.Above ?? 0) + 1.25,
        ChoiceShape choice => choice.Choices.LastOrDefault(one => one != usual?.ToString()) ?? choice.Choices[^1],
        TextShape => argument?.Choices?[0] ?? $"a {name} of one's own",
        ListShape list => new JsonArray(Value(list.Element, name, null, null), Value(list.Element, name, null, null)),
        MapShape map when argument?.Fields is { } fields => Of(fields),
        MapShape { Value: AnyShape } => new JsonObject { ["a_key"] = new JsonObject { ["inner"] = new JsonArray(1, 2.5, "x", true, null) }, ["small"] = 1e-5 },
        MapShape map => new JsonObject { ["7"] = Value(map.Value, name, null, null) },
        EitherShape either => Value(either.Shapes.FirstOrDefault(one => one is MapShape) ?? either.Shapes[0], name, argument, usual),
        AnyShape => new JsonArray(1, 4, 2),
        _ => throw new NotSupportedException($"no value for {shape}"),
    };

    static JsonObject Of(IEnumerable<EngineArgument> fields)
    {
        var values = new JsonObject();
        foreach (var field in fields.Where(field => field.Relevant))
            values[field.Name] = field.Type switch
            {
                "boolean" => true,
                "integer" => 3,
                "number" => 0.5,
                "integers" => new JsonArray(1, 2),
                "texts" => new JsonArray("a", "b"),
                _ => "x",
            };
        return values;
    }
}

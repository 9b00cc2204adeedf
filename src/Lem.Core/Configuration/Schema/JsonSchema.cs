using System.Text.Json.Nodes;
using Lem.Core.Configuration.Campaigns;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Loading;

namespace Lem.Core.Configuration.Schema;

/// <summary>The published JSON schemas (draft 2020-12), written from the very shapes the binder reads.</summary>
public static class JsonSchema
{
    public static JsonObject Experiment()
    {
        var defaults = System.Text.Json.JsonSerializer.SerializeToNode(new ExperimentConfig(Dataset: new()), ConfigJson.Default.ExperimentConfig);
        var schema = Of(ConfigShapes.Experiment, defaults, "");
        foreach (var table in ParameterTables.All)
            Describe(schema["properties"]![table.Section]!.AsObject(), table.Parameters);
        ((JsonObject)schema["properties"]!)["_extends"] = new JsonObject { ["type"] = "string" };
        return Head("lem experiment", schema);
    }

    public static JsonObject Campaign()
    {
        var defaults = System.Text.Json.JsonSerializer.SerializeToNode(new CampaignConfig(), ConfigJson.Default.CampaignConfig);
        var schema = Of(ConfigShapes.Campaign, defaults, "");
        var properties = (JsonObject)schema["properties"]!;
        properties["base_config"] = new JsonObject { ["$ref"] = "experiment-config.schema.json" };
        properties["_extends"] = new JsonObject { ["type"] = "string" };
        return Head("lem campaign", schema);
    }

    static JsonObject Head(string title, JsonObject schema)
    {
        var head = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (key, value) in schema.ToList())
        {
            schema.Remove(key);
            head[key] = value;
        }
        return head;
    }

    static JsonObject Of(Shape shape, JsonNode? byDefault, string path)
    {
        var schema = Plain(shape, byDefault, path);
        var shorthand = Shorthands.Experiment.FirstOrDefault(one => one.Path == path);
        if (shape.Nullable || shorthand is not null)
            schema = AnyOf([schema, .. shorthand is null ? [] : new[] { Plain(shorthand.Accepts, null, "") }, .. shape.Nullable ? new[] { Type("null") } : []]);
        // An empty text stands for a key that must be given.
        if (byDefault is not (null or JsonObject) && byDefault.ToJsonString() is not "\"\"")
            schema["default"] = byDefault.DeepClone();
        return schema;
    }

    static JsonObject Plain(Shape shape, JsonNode? byDefault, string path) => shape switch
    {
        BooleanShape => Type("boolean"),
        IntegerShape range => With(Type("integer"), ("minimum", range.Min is int.MinValue ? null : range.Min), ("maximum", range.Max is int.MaxValue ? null : range.Max)),
        NumberShape range => With(
            Type("number"), ("minimum", range.Min), ("maximum", range.Max), ("exclusiveMinimum", range.Above), ("exclusiveMaximum", range.Below)),
        TextShape => Type("string"),
        ChoiceShape choice => new JsonObject { ["enum"] = new JsonArray([.. choice.Choices.Select(one => (JsonNode)one)]) },
        ListShape list => With(Type("array"), ("items", Of(list.Element, null, $"{path}[]"))),
        MapShape map => With(Type("object"), ("additionalProperties", Of(map.Value, null, $"{path}.*"))),
        ObjectShape map => Members(map, byDefault as JsonObject, path),
        VariantShape variant => AnyOf(variant.Variants.Select(one => Variant(variant.Discriminator, one.Key, one.Value, path))),
        EitherShape either => AnyOf(either.Shapes.Select(one => Of(one, null, path + "|"))),
        _ => [],
    };

    static JsonObject Members(ObjectShape map, JsonObject? defaults, string path)
    {
        var properties = new JsonObject();
        foreach (var (key, member) in map.Members)
            properties[key] = Of(member, defaults?[key], path is "" ? key : $"{path}.{key}");
        return With(Type("object"), ("properties", properties), ("additionalProperties", false));
    }

    static JsonObject Variant(string discriminator, string name, ObjectShape shape, string path)
    {
        var schema = Members(shape, null, path);
        ((JsonObject)schema["properties"]!).Insert(0, discriminator, new JsonObject { ["const"] = name });
        return With(schema, ("required", new JsonArray(discriminator)));
    }

    // The effect and the engine's default of each parameter, from its row.
    static void Describe(JsonObject section, IEnumerable<Parameter> rows)
    {
        var properties = Properties(section);
        foreach (var row in rows)
        {
            if (properties?[row.Name] is not JsonObject property)
                continue;
            property["description"] = row.Effect;
            if (row.Default is not null)
                property["default"] = row.Default.DeepClone();
            if (row.Fields.Count > 0)
                Describe(property, row.Fields);
        }
    }

    static JsonObject? Properties(JsonObject schema) =>
        schema["properties"] as JsonObject
        ?? (schema["items"] as JsonObject is { } items ? Properties(items) : null)
        ?? (schema["anyOf"] as JsonArray)?.OfType<JsonObject>().Select(Properties).FirstOrDefault(found => found is not null);

    static JsonObject Type(string name) => new() { ["type"] = name };

    static JsonObject AnyOf(IEnumerable<JsonObject> schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    static JsonObject With(JsonObject schema, params (string Key, JsonNode? Value)[] members)
    {
        foreach (var (key, value) in members)
        {
            if (value is not null)
                schema[key] = value;
        }
        return schema;
    }
}

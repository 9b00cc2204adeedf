using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Core.Configuration.Engines;

/// <summary>The values given for one engine's parameters. What is not given is null: the engine's own default holds.</summary>
/// <remarks>Paths are dotted within the section: <c>speculative_config.method</c>. A path that the table does not have is our bug.</remarks>
public sealed class EngineSection(ParameterTable table, JsonObject values)
{
    public ParameterTable Table { get; } = table;

    /// <summary>All values as given, <c>extra</c> included.</summary>
    public JsonObject Values { get; } = values;

    /// <summary>The declared parameters that are given, in the table's order. Nested parameters come whole.</summary>
    public IEnumerable<(Parameter Parameter, JsonNode Value)> Given =>
        from row in Table.Parameters
        where Values[row.Name] is not null
        select (row, Values[row.Name]);

    /// <summary>What is passed on verbatim beside the declared parameters.</summary>
    public JsonObject Extra => Values[ParameterTable.ExtraKey] as JsonObject ?? [];

    public bool? Flag(string path) => Read<bool?>(path, node => node.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    });

    public long? Integer(string path) => Number(path) is { } number ? (long)number : null;

    public double? Number(string path) =>
        Read<double?>(path, node => node.GetValueKind() is JsonValueKind.Number ? AsNumber(node.AsValue()) : null);

    public string? Text(string path) => Read(path, node => node.GetValueKind() is JsonValueKind.String ? node.GetValue<string>() : null);

    public JsonNode? Value(string path) => Read(path, node => node);

    /// <summary>Given, and not false, "none", zero or empty.</summary>
    public bool IsOn(string path) => Value(path) switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject map => map.Count > 0,
        var value => value.GetValueKind() switch
        {
            JsonValueKind.False or JsonValueKind.Null => false,
            JsonValueKind.Number => Number(path) != 0,
            JsonValueKind.String => Text(path) is not ("" or "none"),
            _ => true,
        },
    };

    T? Read<T>(string path, Func<JsonNode, T?> read)
    {
        if (Table.Find(path) is null)
            throw new ArgumentException($"{Table.Section} has no parameter {path}", nameof(path));
        JsonNode? node = Values;
        foreach (var name in path.Split('.'))
            node = (node as JsonObject)?[name];
        return node is null ? default : read(node);
    }

    static double AsNumber(JsonValue value) =>
        value.TryGetValue<double>(out var number) ? number : value.TryGetValue<long>(out var whole) ? whole : value.GetValue<int>();
}

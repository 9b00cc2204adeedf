using System.Text.Json.Nodes;

namespace Lem.Core.Configuration.Documents;

/// <summary>A value that knows where it comes from. Trees of these are merged; the result is bound to records.</summary>
abstract record ConfigNode(Origin Origin)
{
    /// <summary>What was found, in words for messages.</summary>
    public abstract string Words { get; }

    public abstract JsonNode? ToJson();

    public static ConfigNode From(JsonNode? node, Origin origin) => node switch
    {
        JsonObject map => new ConfigMapping(origin, map.Select(member => new ConfigMember(member.Key, origin, From(member.Value, origin)))),
        JsonArray list => new ConfigSequence(origin, [.. list.Select(item => From(item, origin))]),
        JsonValue value => ConfigScalar.From(value, origin),
        _ => new ConfigScalar(origin, null),
    };
}

sealed record ConfigSequence(Origin Origin, IReadOnlyList<ConfigNode> Items) : ConfigNode(Origin)
{
    public override string Words => "a list";

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);
}

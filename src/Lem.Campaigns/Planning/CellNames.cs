using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Campaigns.Planning;

/// <summary>Names of cells: <c>&lt;campaign&gt;_&lt;axis values&gt;</c>, fit for a file name, each once.</summary>
/// <param name="withLeaves">The last part of each axis stands before its value: <c>base_batch_size_8</c>.</param>
sealed class CellNames(string campaign, bool withLeaves = false)
{
    const int Longest = 150;

    readonly HashSet<string> _taken = [];

    public string Next(IEnumerable<KeyValuePair<string, JsonNode?>> axes)
    {
        var name = Clean(string.Join('_', axes.Select(Label).Prepend(campaign)));
        if (name.Length > Longest)
            name = $"{name[..(Longest - 9)]}_{Digest(name)}";
        var unique = name;
        for (var number = 2; !_taken.Add(unique); number++)
            unique = $"{name}_{number}";
        return unique;
    }

    string Label(KeyValuePair<string, JsonNode?> axis) =>
        withLeaves ? $"{axis.Key[(axis.Key.LastIndexOf('.') + 1)..]}_{Text(axis.Value)}" : Text(axis.Value);

    static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue scalar when scalar.GetValueKind() is JsonValueKind.String => LastPart(scalar.GetValue<string>()),
        JsonArray { Count: > 0 } list when list.All(item => item is JsonValue) => string.Join('-', list.Select(Text)),
        JsonObject or JsonArray => Digest(value.ToJsonString()),
        _ => value.ToJsonString(),
    };

    // Of `meta-llama/Llama-3.1-8B` the last part tells enough.
    static string LastPart(string text) => text[(text.TrimEnd('/').LastIndexOf('/') + 1)..];

    static string Clean(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '-'));

    static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}

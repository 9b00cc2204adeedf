using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration.Documents;

namespace Lem.Core.Configuration.Output;

/// <summary>Writes a configuration as YAML that reads back to the same values.</summary>
public static class ConfigYaml
{
    public static string Write(JsonObject map)
    {
        var text = new StringBuilder();
        WriteMembers(text, map, indent: 0);
        return text.ToString();
    }

    static void WriteMembers(StringBuilder text, JsonObject map, int indent)
    {
        foreach (var (key, value) in map)
        {
            text.Append(' ', indent).Append(Plain(key) ?? Quoted(key)).Append(':');
            if (value is JsonObject { Count: > 0 } child)
            {
                text.Append('\n');
                WriteMembers(text, child, indent + 2);
            }
            else
            {
                text.Append(' ').Append(Flow(value)).Append('\n');
            }
        }
    }

    static string Flow(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject map => map.Count == 0 ? "{}" : $"{{ {string.Join(", ", map.Select(member => $"{Quoted(member.Key)}: {Flow(member.Value)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(Flow))}]",
        _ => node.GetValueKind() is JsonValueKind.String ? Plain(node.GetValue<string>()) ?? Quoted(node.GetValue<string>()) : node.ToJsonString(),
    };

    // Plain only where no reader could take it for anything but this text.
    static string? Plain(string text)
    {
        var isSafe = text.Length is > 0 and < 200
            && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_')
            && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/')
            && YamlScalars.Resolve(text) is string;
        return isSafe ? text : null;
    }

    // A JSON string is a double-quoted YAML scalar.
    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}

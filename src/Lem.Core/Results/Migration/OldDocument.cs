using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Core.Results.Migration;

/// <summary>
/// A JSON object of an older tool. Values are looked up by dotted path: null where there is none, and a <see cref="JsonException"/> that
/// names the path where there is something else.
/// </summary>
sealed class OldDocument(JsonElement root, string at = "")
{
    /// <summary>Whether there is a value, null excluded.</summary>
    public bool Has(string path) => Find(path) is not null;

    /// <summary>What kind of value there is; null counts as none.</summary>
    public JsonValueKind Kind(string path) => Find(path)?.ValueKind ?? JsonValueKind.Undefined;

    public OldDocument? Part(string path) => Of(path, JsonValueKind.Object, "an object") is { } part ? new(part, Named(path) + ".") : null;

    public IReadOnlyList<OldDocument> Parts(string path) =>
        [.. Elements(path).Select((element, i) => element.ValueKind == JsonValueKind.Object
            ? new OldDocument(element, string.Create(CultureInfo.InvariantCulture, $"{Named(path)}[{i}]."))
            : throw Wrong(path, "a list of objects"))];

    public string? Text(string path) => Of(path, JsonValueKind.String, "a text")?.GetString();

    public IReadOnlyList<string> Texts(string path) =>
        [.. Elements(path).Select(element => element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : throw Wrong(path, "a list of texts"))];

    public double? Number(string path) =>
        Of(path, JsonValueKind.Number, "a number") is { } element ? Ordinary(element) ?? throw Wrong(path, "a number of ordinary size") : null;

    /// <summary>A number above zero; zero is null, for the older tools wrote it where they had measured nothing.</summary>
    public double? Positive(string path) => Number(path) switch
    {
        null or 0 => null,
        > 0 and var number => number,
        _ => throw Wrong(path, "a number of zero or more"),
    };

    public IReadOnlyList<double> Numbers(string path) =>
        [.. Elements(path).Select(element => (element.ValueKind == JsonValueKind.Number ? Ordinary(element) : null) ?? throw Wrong(path, "a list of numbers"))];

    /// <summary>A whole number of zero or more, small enough that thousands of them can be added.</summary>
    public long? Count(string path) => Number(path) switch
    {
        null => null,
        >= 0 and < 1L << 50 and var number when Math.Floor(number) == number => (long)number,
        _ => throw Wrong(path, "a whole number of zero or more"),
    };

    public bool? Flag(string path) => Find(path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(path, "true or false"),
    };

    /// <summary>An ISO 8601 time. One without an offset is taken for UTC: which it was is not recorded.</summary>
    public DateTimeOffset? Time(string path) => Text(path) switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => throw Wrong(path, "an ISO 8601 time"),
    };

    /// <summary>A copy that belongs to nobody; empty where there is none.</summary>
    public JsonObject Copy(string path) => Of(path, JsonValueKind.Object, "an object") is { } part ? JsonObject.Create(part) ?? [] : [];

    /// <summary>The whole as a copy.</summary>
    public JsonObject Copy() => JsonObject.Create(root) ?? [];

    public static JsonException Missing(string path) => new($"{path} is missing");

    IEnumerable<JsonElement> Elements(string path) => Of(path, JsonValueKind.Array, "a list")?.EnumerateArray().AsEnumerable() ?? [];

    JsonElement? Of(string path, JsonValueKind kind, string words) => Find(path) switch
    {
        null => null,
        { } found when found.ValueKind == kind => found,
        _ => throw Wrong(path, words),
    };

    JsonElement? Find(string path)
    {
        var element = root;
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    // Nothing measured is larger or smaller; and what is computed from such numbers stays finite.
    static double? Ordinary(JsonElement number) => number.TryGetDouble(out var value) && (value == 0 || Math.Abs(value) is >= 1e-30 and <= 1e30) ? value : null;

    string Named(string path) => at + path;

    JsonException Wrong(string path, string words) => new($"{Named(path)} is not {words}");
}

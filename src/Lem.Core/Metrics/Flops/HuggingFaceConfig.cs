using System.Text.Json;

namespace Lem.Core.Metrics.Flops;

/// <summary>Typed access to a <c>config.json</c>; models that also see or hear keep the language model's part in <c>text_config</c>.</summary>
sealed class HuggingFaceConfig(JsonElement root)
{
    // Larger than any dimension of any model: what is above is damage, and products stay within 64 bits.
    const int LargestSize = 1 << 24;

    readonly JsonElement _language = root.TryGetProperty("text_config", out var text) && text.ValueKind == JsonValueKind.Object ? text : root;

    /// <summary>The first of these keys that holds a positive whole number.</summary>
    public int? Size(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Find(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var size) && size is > 0 and <= LargestSize)
                return size;
        }
        return null;
    }

    public bool? Flag(string key) => Find(key)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public string? Text(string key) => Find(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>An array of texts, or null where there is none.</summary>
    public IReadOnlyList<string>? Texts(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() ?? "" : "")]
            : null;

    JsonElement? Find(string key) =>
        _language.TryGetProperty(key, out var inner) ? inner
        : root.TryGetProperty(key, out var outer) ? outer
        : null;
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Core.Configuration.Documents;

/// <summary>null, true or false, a whole number (<see cref="long"/>), a number (<see cref="double"/>), or text.</summary>
sealed record ConfigScalar(Origin Origin, object? Value) : ConfigNode(Origin)
{
    /// <summary>The text as it was written, where that differs from the value's own.</summary>
    public string? Written { get; init; }

    public bool IsNull => Value is null;

    public string? Text => Value as string;

    public override string Words => Value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"the text \"{Shorten(text)}\"",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!, // never null for a number
    };

    public override JsonNode? ToJson() => Value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        long whole => JsonValue.Create(whole),
        double number => JsonValue.Create(number),
        var text => JsonValue.Create((string)text),
    };

    public static ConfigScalar From(JsonValue value, Origin origin) => new(origin, value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetValue<string>(),
        _ => FromNumber(value.ToJsonString()),
    });

    static object FromNumber(string json) =>
        long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? (object)whole
            : double.Parse(json, CultureInfo.InvariantCulture);

    static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "…";
}

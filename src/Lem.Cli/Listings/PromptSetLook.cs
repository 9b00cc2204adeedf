using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Measurement.Hub.Datasets;

namespace Lem.Cli.Listings;

/// <summary>The beginning of a prompt set.</summary>
sealed record PromptSetLook(string Name, string Source, DatasetPrompts Prompts)
{
    const int ShownCharacters = 300;

    public string Text() => string.Join(
        '\n',
        [
            $"{Name}: {Source}",
            $"  {Prompts.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows, prompts in {Prompts.Column}, revision {Prompts.Revision}",
            .. Prompts.Texts.Select((text, i) => $"  {i + 1}. {Shown(text)}"),
        ]);

    public JsonObject Json() => new()
    {
        ["name"] = Name,
        ["source"] = Source,
        ["rows"] = Prompts.Rows,
        ["column"] = Prompts.Column,
        ["revision"] = Prompts.Revision,
        ["prompts"] = new JsonArray([.. Prompts.Texts.Select(text => JsonValue.Create(text))]),
    };

    // One line each, and nothing that a terminal would obey.
    static string Shown(string text)
    {
        var line = new string([.. text.Select(sign => char.IsControl(sign) ? ' ' : sign).Take(ShownCharacters)]);
        return text.Length > ShownCharacters ? line + "…" : line;
    }
}

using System.Text.Json.Nodes;
using Lem.Reporting.Tables;

namespace Lem.Cli.Machine;

/// <summary>An engine as it stands on this machine.</summary>
/// <param name="Name">The name <c>backend</c> takes.</param>
/// <param name="Usable">This lem can measure with it here and now.</param>
/// <param name="Version">Null = not known without starting it, or not there.</param>
/// <param name="Location">Library folder or executable; null = not seen.</param>
/// <param name="Missing">What is missing; null for a usable one.</param>
/// <param name="Fix">What to do about it.</param>
sealed record FoundEngine(
    string Name,
    bool Usable,
    string? Version,
    string? Location,
    IReadOnlyList<string> Devices,
    IReadOnlyList<string> Features,
    string? Missing,
    string? Fix)
{
    const string Indent = "            ";

    /// <summary>Where it can run; empty where that goes without saying.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    public IEnumerable<string> Lines()
    {
        yield return $"{Name,-12}{(!Usable ? "not usable" : Version is null ? "ready" : $"ready: {Version}")}";
        if (Location is not null)
            yield return $"{Indent}found    {Location}";
        foreach (var place in Places)
            yield return $"{Indent}runs     {place}";
        foreach (var device in Devices)
            yield return $"{Indent}device   {device}";
        var label = "features ";
        foreach (var line in Features.Count == 0 ? [] : Paragraph.Wrap(string.Join(' ', Features), PlainTable.Width - Indent.Length - label.Length))
        {
            yield return $"{Indent}{label}{line}";
            label = "         ";
        }

        if (Missing is not null)
            yield return $"{Indent}missing  {Missing}";
        if (Fix is not null)
            yield return $"{Indent}→ {Fix}";
    }

    public JsonObject Json() => new()
    {
        ["name"] = Name,
        ["usable"] = Usable,
        ["version"] = Version,
        ["location"] = Location,
        ["places"] = new JsonArray([.. Places.Select(text => (JsonNode)text)]),
        ["devices"] = new JsonArray([.. Devices.Select(text => (JsonNode)text)]),
        ["features"] = new JsonArray([.. Features.Select(text => (JsonNode)text)]),
        ["missing"] = Missing,
        ["fix"] = Fix,
    };
}

using System.Text.Json.Nodes;

namespace Lem.Core.Configuration.Engines.Universes;

/// <summary>One argument of an engine, as the engine declares it.</summary>
/// <param name="Type">boolean, switch (a flag without its opposite), integer, number, text, choice, integers, numbers, texts, json, json-list, any.</param>
/// <param name="Relevant">Whether it can change energy or speed.</param>
/// <param name="Reason">Why it can, or cannot.</param>
/// <param name="By">lem's own key that says it, where it is none of the engine's section.</param>
/// <param name="Only">The engine's backend that takes it, where the others refuse it.</param>
/// <param name="Newer">The earliest version does not have it yet.</param>
/// <param name="Fields">Of a nested argument, where they are recorded.</param>
public sealed record EngineArgument(
    string Name,
    string Type,
    bool Relevant,
    string Reason,
    IReadOnlyList<string>? Choices = null,
    IReadOnlyList<string>? Aliases = null,
    JsonNode? Default = null,
    bool Nullable = false,
    string? Short = null,
    string? By = null,
    string? Only = null,
    bool Newer = false,
    IReadOnlyList<EngineArgument>? Fields = null)
{
    public bool IsCalled(string name) => Name == name || Aliases?.Contains(name) == true;
}

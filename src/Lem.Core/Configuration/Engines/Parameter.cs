using System.Text.Json.Nodes;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>One parameter of one engine, declared once: checks, schema, <c>lem params</c>, docs, renderer and coverage read this row.</summary>
/// <param name="Name">As the engine spells it.</param>
/// <param name="Shape">Kind, range and choices.</param>
/// <param name="Travel">How it gets to the engine.</param>
/// <param name="Effect">What it does, in one line.</param>
/// <param name="Default">The engine's own default; null = none, or the engine decides. A parameter that is not given is not sent.</param>
/// <param name="IsRelevant">Whether it can change energy or speed.</param>
/// <param name="Reason">Why it is, or is not, relevant.</param>
/// <param name="Fields">Rows of a nested parameter; empty for all others.</param>
public sealed record Parameter(
    string Name,
    Shape Shape,
    Travel Travel,
    string Effect,
    JsonNode? Default,
    bool IsRelevant,
    string Reason,
    IReadOnlyList<Parameter> Fields)
{
    /// <summary>Marks the row as able to change energy or speed, and says by what.</summary>
    public Parameter Shapes(string reason) => this with { IsRelevant = true, Reason = reason };

    /// <summary>Marks the row as unable to change energy or speed, and says why.</summary>
    public Parameter CostsNothing(string reason) => this with { IsRelevant = false, Reason = reason };

    public Parameter WithDefault(JsonNode value) => this with { Default = value };

    public static Parameter Flag(string name, Travel travel, string effect) => Row(name, new BooleanShape(), travel, effect);

    public static Parameter Integer(string name, Travel travel, string effect, long? min = null, long? max = null) =>
        Row(name, new IntegerShape(min, max), travel, effect);

    public static Parameter Number(
        string name, Travel travel, string effect, double? min = null, double? max = null, double? above = null, double? below = null) =>
        Row(name, new NumberShape(min, max, above, below), travel, effect);

    public static Parameter Text(string name, Travel travel, string effect) => Row(name, new TextShape(), travel, effect);

    public static Parameter Choice(string name, Travel travel, string effect, params string[] choices) =>
        Row(name, new ChoiceShape(choices), travel, effect);

    public static Parameter Of(string name, Shape shape, Travel travel, string effect) => Row(name, shape, travel, effect);

    public static Parameter Group(string name, Travel travel, string effect, params Parameter[] fields) =>
        Row(name, ShapeOf(fields), travel, effect) with { Fields = fields };

    /// <summary>A list of mappings, each with these fields.</summary>
    public static Parameter Groups(string name, Travel travel, string effect, params Parameter[] fields) =>
        Row(name, new ListShape(ShapeOf(fields)), travel, effect) with { Fields = fields };

    // An explicit null says "the engine's default", which is what leaving the key out says: every row takes it.
    static Parameter Row(string name, Shape shape, Travel travel, string effect) =>
        new(name, shape with { Nullable = true }, travel, effect, null, IsRelevant: false, Reason: "", Fields: []);

    static ObjectShape ShapeOf(IEnumerable<Parameter> fields) => new(fields.ToDictionary(field => field.Name, field => field.Shape));
}

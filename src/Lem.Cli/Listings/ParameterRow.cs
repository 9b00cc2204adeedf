using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Schema;

namespace Lem.Cli.Listings;

/// <summary>One parameter of an engine as <c>lem params</c> shows it.</summary>
/// <param name="Path">Dotted path in a configuration: <c>vllm.speculative_config.method</c>.</param>
sealed record ParameterRow(string Section, string Path, Parameter Parameter)
{
    const int WidestType = 30;
    const string NoLimits = "–";

    /// <summary>Every row of the table, nested ones after the one they belong to.</summary>
    public static IEnumerable<ParameterRow> Of(ParameterTable table) => Of(table.Section, table.Parameters, table.Section);

    public IReadOnlyList<string?> Cells() =>
    [
        Parameter.IsRelevant ? "*" : "", Path[(Section.Length + 1)..], HasManyChoices ? "choice" : Type(Parameter.Shape), Parameter.Default?.ToString() ?? "–",
        Range(Parameter.Shape), Travels, HasManyChoices ? $"{Parameter.Effect}: {Parameter.Shape.Words}" : Parameter.Effect,
    ];

    public JsonObject Json() => new()
    {
        ["backend"] = Section,
        ["path"] = Path,
        ["type"] = Type(Parameter.Shape),
        ["choices"] = Parameter.Shape is ChoiceShape choice ? new JsonArray([.. choice.Choices.Select(one => (JsonNode)one)]) : null,
        ["default"] = Parameter.Default?.DeepClone(),
        ["range"] = Range(Parameter.Shape) is NoLimits ? null : Range(Parameter.Shape),
        ["effect"] = Parameter.Effect,
        ["relevant"] = Parameter.IsRelevant,
        ["reason"] = Parameter.Reason,
        ["travels"] = Travels,
    };

    // Too long for a column; they stand after the effect instead.
    bool HasManyChoices => Parameter.Shape is ChoiceShape && Type(Parameter.Shape).Length > WidestType;

    string Travels => Parameter.Travel is Travel.Environment ? "env" : Parameter.Travel.ToString().ToLowerInvariant();

    static IEnumerable<ParameterRow> Of(string section, IEnumerable<Parameter> parameters, string path) =>
        parameters.SelectMany(parameter => (IEnumerable<ParameterRow>)
        [
            new(section, $"{path}.{parameter.Name}", parameter),
            .. Of(section, parameter.Fields, $"{path}.{parameter.Name}"),
        ]);

    static string Type(Shape shape) => shape switch
    {
        BooleanShape => "bool",
        IntegerShape => "integer",
        NumberShape => "number",
        TextShape => "text",
        ChoiceShape choice => string.Join('|', choice.Choices),
        ListShape list => $"list of {Type(list.Element)}",
        EitherShape either => string.Join(" or ", either.Shapes.Select(Type)),
        AnyShape => "any",
        _ => "mapping",
    };

    /// <summary>As mathematicians write it, <c>[1, ∞)</c>; a dash without limits.</summary>
    static string Range(Shape shape) => shape switch
    {
        IntegerShape { Min: null or int.MinValue, Max: null or int.MaxValue } => NoLimits,
        IntegerShape range => Interval(range.Min, null, range.Max, null),
        NumberShape { Min: null, Max: null, Above: null, Below: null } => NoLimits,
        NumberShape range => Interval(range.Min, range.Above, range.Max, range.Below),
        ListShape list => Range(list.Element),
        _ => NoLimits,
    };

    static string Interval(double? min, double? above, double? max, double? below)
    {
        var lower = min is not null ? $"[{Text(min)}" : above is not null ? $"({Text(above)}" : "(−∞";
        var upper = max is not null ? $"{Text(max)}]" : below is not null ? $"{Text(below)})" : "∞)";
        return $"{lower}, {upper}";
    }

    static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}

using System.Globalization;
using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>Whether one value fits its shape, and if not, why, in words.</summary>
static class ScalarChecks
{
    public static string? Problem(ConfigNode node, Shape shape) => (shape, (node as ConfigScalar)?.Value) switch
    {
        (AnyShape, _) => null,
        (BooleanShape, bool) => null,
        (IntegerShape range, long value) => IsWithin(value, range.Min, range.Max) ? null : $"must be {Range(range.Min, range.Max)}, but is {value}",
        (NumberShape range, long value) => OutOfRange(range, value),
        (NumberShape range, double value) => OutOfRange(range, value),
        (ChoiceShape choice, string value) => choice.Choices.Contains(value) ? null : NotAChoice(choice, value),
        (TextShape, string) => null,
        (TextShape, not null) when node is ConfigScalar { Written: { } written } => $"must be text, but is {node.Words}; write \"{written}\" in quotes",
        (IntegerShape or NumberShape, string value) when YamlScalars.Resolve(value) is long or double =>
            $"must be {shape.Words}, but is the text \"{value}\"; write {value} without quotes",
        (BooleanShape, string value) when value.ToLowerInvariant() is "yes" or "no" or "on" or "off" or "true" or "false" =>
            $"must be {shape.Words}, but is {node.Words}; write {(value.ToLowerInvariant() is "yes" or "on" or "true" ? "true" : "false")}",
        _ => $"must be {shape.Words}, but is {node.Words}",
    };

    static string? OutOfRange(NumberShape range, double value)
    {
        var fits = !(value < range.Min) && !(value > range.Max) && !(value <= range.Above) && !(value >= range.Below);
        return fits ? null : $"must be {Range(range)}, but is {value.ToString(CultureInfo.InvariantCulture)}";
    }

    static string NotAChoice(ChoiceShape choice, string value) =>
        KeySuggestions.Nearest(value, choice.Choices) is { } near && choice.Choices.Count > 4
            ? $"must be {choice.Words}, but is {value}; did you mean `{near}`?"
            : $"must be {choice.Words}, but is {value}";

    static bool IsWithin(long value, long? min, long? max) => !(value < min) && !(value > max);

    static string Range(long? min, long? max) => (min, max) switch
    {
        (int.MinValue, int.MaxValue) => "a whole number of 32 bits",
        ({ } low, null) => $"{low} or more",
        (null, { } high) => $"at most {high}",
        _ => $"{min} to {max}",
    };

    static string Range(NumberShape range)
    {
        var low = range.Min ?? range.Above;
        var high = range.Max ?? range.Below;
        return (low, high) switch
        {
            ({ } bound, null) => range.Above is null ? Text($"{bound} or more") : Text($"above {bound}"),
            (null, { } bound) => range.Below is null ? Text($"at most {bound}") : Text($"below {bound}"),
            _ => Text($"in {(range.Above is null ? "[" : "(")}{low}, {high}{(range.Below is null ? "]" : ")")}"),
        };
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

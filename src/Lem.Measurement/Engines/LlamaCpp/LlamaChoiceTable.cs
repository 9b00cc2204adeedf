using System.Globalization;
using Lem.Core;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>One enum's names and values.</summary>
sealed class LlamaChoiceTable(string parameter, params (string Name, int Value)[] choices)
{
    public int ValueOf(string name)
    {
        foreach (var choice in choices)
            if (choice.Name == name)
                return choice.Value;
        throw new LemException(
            $"llamacpp.{parameter}: {name} is unknown", $"Choose one of {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }

    public string NameOf(int value)
    {
        foreach (var choice in choices)
            if (choice.Value == value)
                return choice.Name;
        return value.ToString(CultureInfo.InvariantCulture);
    }
}

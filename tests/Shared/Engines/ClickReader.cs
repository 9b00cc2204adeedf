using System.Text.Json.Nodes;
using Lem.Core.Configuration.Engines.Universes;

namespace Lem.Tests.Shared.Engines;

/// <summary>Reads a command line as Python's click does with what an engine declares: options that take one value, and flags that take none.</summary>
sealed class ClickReader(ArgumentList list)
{
    /// <summary>Values by name; the model under <c>""</c>.</summary>
    /// <exception cref="RefusedArgumentException">In click's words.</exception>
    public JsonObject Read(IReadOnlyList<string> words)
    {
        var values = new JsonObject();
        for (var i = 0; i < words.Count; i++)
        {
            var flag = words[i];
            if (!flag.StartsWith("--", StringComparison.Ordinal))
            {
                values[""] = values.ContainsKey("") ? throw new RefusedArgumentException($"Got unexpected extra argument ({flag})") : flag;
                continue;
            }

            var argument = list.Find(flag[2..]) ?? throw new RefusedArgumentException($"No such option: {flag}");
            if (argument.Type == "switch")
                values[argument.Name] = true;
            else if (++i < words.Count)
                values[argument.Name] = ArgumentText.Read(argument, flag, words[i]);
            else
                throw new RefusedArgumentException($"Option '{flag}' requires an argument.");
        }

        return values.ContainsKey("") ? values : throw new RefusedArgumentException("Missing argument 'MODEL'.");
    }
}

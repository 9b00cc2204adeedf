using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>Writes fields of a request's body. One that the configuration gives itself is left to it: none stands there twice.</summary>
sealed class BodyFields(Utf8JsonWriter body, JsonObject given)
{
    public void Write(string name, double value)
    {
        if (!given.ContainsKey(name))
            body.WriteNumber(name, value);
    }

    public void Write(string name, bool value)
    {
        if (!given.ContainsKey(name))
            body.WriteBoolean(name, value);
    }
}

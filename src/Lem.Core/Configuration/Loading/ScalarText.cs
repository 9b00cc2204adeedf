using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>A value given as bare text, by a flag or a variable: read as YAML, but as text where text is wanted.</summary>
static class ScalarText
{
    public static ConfigNode Read(string text, Shape? wanted, Origin origin)
    {
        if (wanted is TextShape && text is not ("null" or "~"))
            return new ConfigScalar(origin, text);
        if (wanted is ListShape && !text.StartsWith('[') && text is not ("" or "null" or "~"))
            return Parse($"[{text}]", origin);
        return Parse(text, origin);
    }

    // What is no YAML by itself (`a: b: c`, `@x`) is text, and the shape says whether text will do.
    static ConfigNode Parse(string text, Origin origin)
    {
        try
        {
            return YamlReader.Read(text, origin) ?? new ConfigScalar(origin, null);
        }
        catch (ConfigException)
        {
            return new ConfigScalar(origin, text);
        }
    }
}

using System.Globalization;

namespace Lem.Core.Configuration.Documents;

/// <summary>What a plain scalar means in the YAML 1.2 core schema (yaml.org/spec/1.2.2, section 10.3.2). Dates and yes/no are text.</summary>
static class YamlScalars
{
    public static object? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        _ => Number(text) ?? text,
    };

    static object? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Octal(text.AsSpan(2));
        if (!text.All(character => char.IsAsciiDigit(character) || character is '+' or '-' or '.' or 'e' or 'E') || !text.Any(char.IsAsciiDigit))
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    static long? Octal(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.Length > 20)
            return null;
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return null;
            value = value * 8 + (digit - '0');
        }
        return value;
    }
}

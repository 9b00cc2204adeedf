namespace Lem.Reporting.Exports;

/// <summary>One line of comma-separated values as RFC 4180 has it: quotes around a field only where it needs them, and doubled inside.</summary>
public static class CsvRow
{
    static readonly System.Buffers.SearchValues<char> NeedQuotes = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>The line, without its end.</summary>
    public static string Of(IEnumerable<string> fields) => string.Join(',', fields.Select(Field));

    static string Field(string text) =>
        text.AsSpan().ContainsAny(NeedQuotes) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

using System.Buffers;

namespace Lem.Core.Results.Exports;

/// <summary>One record of a CSV file after RFC 4180: commas between, quotes where needed and doubled inside, CR LF at the end.</summary>
public static class CsvRow
{
    /// <summary>What stands for null.</summary>
    public const string Missing = "NA";

    static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    public static void Write(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(',', fields.Select(Quoted)));
        writer.Write("\r\n");
    }

    static string Quoted(string field) => field.AsSpan().ContainsAny(NeedQuotes)
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}

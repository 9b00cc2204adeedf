namespace Lem.Cli.Terminal;

/// <summary>Columns as wide as their widest cell, two spaces apart: the same with and without a terminal. The last column is never padded.</summary>
static class TextTable
{
    public static string Render(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> lines = [[.. header.Select(name => name.ToUpperInvariant())], .. rows];
        var widths = header.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        return string.Concat(lines.Select(line => string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }
}

using System.Text;

namespace Lem.Reporting.Tables;

/// <summary>A table of text without colours or lines, the same on a terminal and in a file. Columns stand two spaces apart.</summary>
public sealed class PlainTable(params IReadOnlyList<TableColumn> columns)
{
    /// <summary>What a terminal shows without breaking lines, and an e-mail too.</summary>
    public const int Width = 100;

    const int NarrowestElastic = 8;
    const string Gap = "  ";

    /// <summary>A table of words: all columns to the left, none ever cut.</summary>
    public static PlainTable Of(params IReadOnlyList<string> headers) => new([.. headers.Select(header => new TableColumn(header))]);

    /// <summary>The lines of <see cref="Render"/> as one text.</summary>
    public string Text(IEnumerable<IReadOnlyList<string?>> rows) => string.Join('\n', Render(rows)) + "\n";

    /// <summary>Header and rows, a line each; a null cell is a dash.</summary>
    public IReadOnlyList<string> Render(IEnumerable<IReadOnlyList<string?>> rows, int width = Width)
    {
        List<string[]> cells = [[.. columns.Select(c => c.Header)], .. rows.Select(row => row.Select(cell => cell ?? "–").ToArray())];
        var widths = Widths(cells, width);
        var line = new StringBuilder();
        return [.. cells.Select(row => Line(line.Clear(), row, widths))];
    }

    string Line(StringBuilder line, string[] row, int[] widths)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var cell = Shorten(row[i], widths[i]);
            var padding = widths[i] - cell.Length;
            line.Append(i > 0 ? Gap : "").Append(' ', columns[i].RightAligned ? padding : 0).Append(cell).Append(' ', columns[i].RightAligned ? 0 : padding);
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A text cut to a width by leaving out its middle: names differ at their ends more often than between.</summary>
    public static string Shorten(string text, int width)
    {
        if (text.Length <= width)
            return text;
        var tail = (width - 1) / 2;
        return string.Concat(text.AsSpan(0, width - 1 - tail), "…", text.AsSpan(text.Length - tail));
    }

    int[] Widths(List<string[]> cells, int width)
    {
        var widths = columns.Select((_, i) => cells.Max(row => row[i].Length)).ToArray();
        while (widths.Sum() + Gap.Length * (widths.Length - 1) > width)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(i => columns[i].Elastic && widths[i] > NarrowestElastic).ToList();
            if (widest.Count == 0)
                break;
            widths[widest.MaxBy(i => widths[i])]--;
        }

        return widths;
    }
}

namespace Lem.Reporting.Tables;

/// <summary>Text broken into lines at its spaces.</summary>
public static class Paragraph
{
    /// <summary>Lines of at most <paramref name="width"/> characters; a longer word stands alone on its line, whole.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        lines.Add(line);
        return lines;
    }
}

namespace Lem.Core.Configuration;

/// <summary>Where the text of a prompt stands in a row of several columns.</summary>
public static class PromptColumns
{
    /// <summary>Columns looked for, in this order, where none is named; the habit of Hugging Face data sets.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["text", "prompt", "question", "instruction", "input", "content"];

    /// <summary>The column that was named, else the first usual one among those there are; null where neither is there.</summary>
    public static string? Choose(string? named, IReadOnlyCollection<string> columns) =>
        named is null ? Usual.FirstOrDefault(columns.Contains) : columns.Contains(named) ? named : null;

    /// <summary>Says that there is no such column, and which there are.</summary>
    /// <param name="where">The file, its line, or the data set.</param>
    public static LemException Missing(string where, string? named, IEnumerable<string> columns)
    {
        var names = string.Join(", ", columns.Take(20));
        return named is null
            ? new($"{where}: none of the usual columns ({string.Join(", ", Usual)}) is there", $"Name the column with column: NAME. Found: {names}.")
            : new($"{where}: there is no column '{named}'", $"Found: {names}.");
    }
}

using System.Globalization;

namespace Lem.Measurement.Load.Traces;

/// <summary>The columns of a CSV file of numbers, found by the names in its first line. No field of the published traces is quoted.</summary>
sealed class CsvColumns(string header)
{
    /// <summary>Most tokens a request of a trace can have; above it a column is not what it is taken for.</summary>
    public const int MaxTokens = 10_000_000;

    readonly string[] _names = header.TrimStart('\uFEFF').Split(',');

    /// <summary>Place of a column.</summary>
    /// <exception cref="FormatException">There is none of this name.</exception>
    public int IndexOf(string name)
    {
        var index = Array.FindIndex(_names, column => column.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index : throw new FormatException($"there is no column {name}; found: {string.Join(", ", _names.Take(20))}");
    }

    /// <summary>The fields of a row.</summary>
    /// <exception cref="FormatException">It has another number of fields than the header.</exception>
    public string[] Split(string line)
    {
        var fields = line.Split(',');
        return fields.Length == _names.Length ? fields : throw new FormatException($"{fields.Length} fields, but the header has {_names.Length}");
    }

    /// <summary>A number of tokens.</summary>
    /// <exception cref="FormatException">The field holds none.</exception>
    public int Tokens(string[] fields, int column) =>
        int.TryParse(fields[column], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var tokens)
        && tokens <= MaxTokens
            ? tokens
            : throw new FormatException($"{_names[column].Trim()} must be a whole number of 0 to {MaxTokens}, but is '{Shown(fields[column])}'");

    /// <summary>What stands in a field, short enough for a message.</summary>
    public static string Shown(string field) => field.Length <= 40 ? field : $"{field[..40]}…";
}

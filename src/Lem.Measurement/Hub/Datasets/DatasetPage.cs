using System.Text.Json;
using Lem.Core;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>A slice of rows as the viewer gives it.</summary>
/// <param name="Revision">The commit it is of; null where the viewer does not tell.</param>
/// <param name="Rows">Rows of the whole split, as far as the viewer has it.</param>
/// <param name="IsPartial">The viewer has only the beginning of the split.</param>
sealed record DatasetPage(string? Revision, int Rows, bool IsPartial, IReadOnlyList<string> Columns, IReadOnlyList<DatasetPage.Row> Content)
{
    /// <param name="Number">From 0.</param>
    /// <param name="Cut">Columns that the viewer has shortened.</param>
    internal sealed record Row(int Number, JsonElement Cells, IReadOnlyList<string> Cut);

    /// <summary>Null where the answer has another form.</summary>
    public static DatasetPage? Of(JsonElement json, string? revision)
    {
        if (Member(json, "num_rows_total", JsonValueKind.Number) is not { } total || !total.TryGetInt64(out var count))
            return null;
        var columns = ItemsOf(json, "features").Select(feature => Member(feature, "name", JsonValueKind.String)?.GetString()).ToList();
        var rows = ItemsOf(json, "rows").Select(RowOf).ToList();
        return columns is [] || columns.Contains(null) || rows.Contains(null)
            ? null
            : new(revision, (int)Math.Clamp(count, 0, int.MaxValue), Member(json, "partial", JsonValueKind.True) is not null, [.. columns.OfType<string>()], [.. rows.OfType<Row>()]);
    }

    /// <summary>The prompts of a column, by the numbers of their rows.</summary>
    /// <exception cref="LemException">The column holds no text, or the viewer has cut it.</exception>
    public IReadOnlyDictionary<int, string> TextsOf(string column, string set)
    {
        var texts = new Dictionary<int, string>();
        foreach (var row in Content)
        {
            if (row.Cut.Contains(column))
                throw new LemException($"{set}: row {row.Number}: the viewer cuts {column} short", "Name a file of the data set instead (-d org/name:FILE).");
            texts[row.Number] = !row.Cells.TryGetProperty(column, out var cell)
                ? ""
                : PromptText.Of(cell)
                    ?? throw new LemException($"{set}: row {row.Number}: {column} is {cell.ValueKind}, neither text nor a conversation", "Name a column of text with column: NAME.");
        }

        return texts;
    }

    static Row? RowOf(JsonElement json) =>
        Member(json, "row_idx", JsonValueKind.Number) is { } number && number.TryGetInt32(out var index) && Member(json, "row", JsonValueKind.Object) is { } cells
            ? new(index, cells.Clone(), [.. ItemsOf(json, "truncated_cells").Select(cell => cell.ToString())])
            : null;

    static JsonElement[] ItemsOf(JsonElement json, string name) => Member(json, name, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray()] : [];

    static JsonElement? Member(JsonElement json, string name, JsonValueKind kind) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}

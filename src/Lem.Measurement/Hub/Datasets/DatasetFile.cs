using System.Text;
using System.Text.Json;
using Lem.Core;
using Lem.Core.Configuration;
using Microsoft.VisualBasic.FileIO;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>The prompts in a file of a data set's repository: a JSON array, JSON lines, or CSV. Of each row only the prompt is kept.</summary>
static class DatasetFile
{
    /// <param name="name">Stands for the file in messages.</param>
    /// <param name="column">Null = the first of the usual names in the first row.</param>
    /// <returns>The column and its texts, row by row; empty where a row has none.</returns>
    /// <exception cref="LemException">The file cannot be read or is malformed, or has no such column.</exception>
    public static async Task<(string Column, IReadOnlyList<string> Texts)> ReadAsync(string path, string name, string? column, CancellationToken cancellationToken)
    {
        try
        {
            return Path.GetExtension(name).Equals(".csv", StringComparison.OrdinalIgnoreCase)
                ? await Task.Run(() => ReadCsv(path, name, column), cancellationToken)
                : await ReadJsonAsync(path, name, column, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{path}: cannot be read: {e.Message}", "Check its permissions, or delete it so that it is fetched again.", e);
        }
        catch (JsonException e)
        {
            throw new LemException($"{name}: row {e.LineNumber + 1 ?? 0}: not JSON: {e.Message}", "Name another file of the data set (-d org/name:FILE).", e);
        }
        catch (Exception e) when (e is MalformedLineException or DecoderFallbackException)
        {
            throw new LemException($"{name}: not CSV in UTF-8: {e.Message}", "Name another file of the data set (-d org/name:FILE).", e);
        }
    }

    static async Task<(string, IReadOnlyList<string>)> ReadJsonAsync(string path, string name, string? column, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, useAsync: true);
        // Many a .json holds JSON lines: the first sign tells.
        var isArray = await FirstSignAsync(file, cancellationToken) == '[';
        var texts = new List<string>();
        await foreach (var row in JsonSerializer.DeserializeAsyncEnumerable(file, DatasetJson.Default.JsonElement, topLevelValues: !isArray, cancellationToken))
        {
            if (row.ValueKind != JsonValueKind.Object)
                throw new LemException($"{name}: row {texts.Count}: expected an object, found {row.ValueKind}", "Name another file of the data set (-d org/name:FILE).");
            if (texts.Count == 0)
            {
                string[] columns = [.. row.EnumerateObject().Select(member => member.Name)];
                column = PromptColumns.Choose(column, columns) ?? throw PromptColumns.Missing(name, column, columns);
            }

            texts.Add(TextOf(row, column!, name, texts.Count)); // Chosen in the first row.
        }

        return texts.Count > 0 ? (column!, texts) : throw new LemException($"{name} holds no rows", "Name another file of the data set (-d org/name:FILE)."); // Chosen in the first row.
    }

    static string TextOf(JsonElement row, string column, string name, int number)
    {
        if (!row.TryGetProperty(column, out var cell))
            return "";
        return PromptText.Of(cell)
            ?? throw new LemException($"{name}: row {number}: {column} is {cell.ValueKind}, neither text nor a conversation", "Name a column of text with column: NAME.");
    }

    static async Task<char> FirstSignAsync(FileStream file, CancellationToken cancellationToken)
    {
        var head = new byte[4096];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        return Encoding.UTF8.GetString(head, 0, read).TrimStart('\uFEFF').TrimStart().FirstOrDefault();
    }

    static (string, IReadOnlyList<string>) ReadCsv(string path, string name, string? column)
    {
        using var parser = new TextFieldParser(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true))
        {
            Delimiters = [","],
            HasFieldsEnclosedInQuotes = true,
            TrimWhiteSpace = false,
        };
        var header = parser.ReadFields() ?? [];
        var chosen = PromptColumns.Choose(column, header) ?? throw PromptColumns.Missing(name, column, header);
        var index = Array.IndexOf(header, chosen);
        var texts = new List<string>();
        while (parser.ReadFields() is { } fields)
            texts.Add(index < fields.Length ? fields[index] : "");
        return (chosen, texts);
    }
}

using System.Text;
using System.Text.Json;
using Lem.Core;
using Lem.Core.Configuration;
using Microsoft.VisualBasic.FileIO;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Reads prompts from a file of the user's: one per line, or a column of JSON lines or CSV.</summary>
public static class PromptFile
{
    /// <summary>Largest file read, so that a wrong path (a model, a disk image) is refused instead of filling the memory.</summary>
    public const long MaxBytes = 512L << 20;

    static readonly JsonDocumentOptions Json = new() { MaxDepth = 64 };

    /// <summary>Reads a file by its ending: <c>.jsonl</c>, <c>.csv</c>, else one prompt per line (blank lines are skipped).</summary>
    /// <exception cref="LemException">The file is missing, unreadable, too large, malformed, or lacks the column.</exception>
    public static IReadOnlyList<Prompt> Read(string path, string? column)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxBytes)
                throw new LemException($"{path}: {file.Length >> 20} MiB is too large for a prompt file", $"A prompt file may have {MaxBytes >> 20} MiB; cut it down to what you measure.");

            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".jsonl" or ".ndjson" => ReadJsonLines(path, column),
                ".csv" => ReadCsv(path, column),
                _ => [.. File.ReadLines(path, StrictUtf8).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => new Prompt(line))],
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{path}: cannot be read: {e.Message}", "Check the path and its permissions; a relative path counts from the working directory.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new LemException($"{path}: is not text in UTF-8", "Convert it, for example with iconv -t utf-8.", e);
        }
    }

    static UTF8Encoding StrictUtf8 => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static List<Prompt> ReadJsonLines(string path, string? column)
    {
        var prompts = new List<Prompt>();
        var number = 0;
        foreach (var line in File.ReadLines(path, StrictUtf8))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            prompts.Add(new(JsonText(path, number, line, column)));
        }

        return prompts;
    }

    static string JsonText(string path, int number, string line, string? column)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Json);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.String && column is null)
                return root.GetString() ?? "";
            if (root.ValueKind != JsonValueKind.Object)
                throw new LemException($"{path}:{number}: expected a JSON object, found {root.ValueKind}", "Each line is one object such as {\"prompt\": \"…\"}.");

            string[] columns = [.. root.EnumerateObject().Select(member => member.Name)];
            if (PromptColumns.Choose(column, columns) is not { } name || !root.TryGetProperty(name, out var value))
                throw PromptColumns.Missing($"{path}:{number}", column, columns);
            if (value.ValueKind != JsonValueKind.String)
                throw new LemException($"{path}:{number}: {name} must be a string, but is {value.ValueKind}", "Name a column of text with column: NAME.");
            return value.GetString() ?? "";
        }
        catch (JsonException e)
        {
            throw new LemException($"{path}:{number}: not JSON: {e.Message}", "Each line is one JSON object; a whole JSON array is not JSON lines.", e);
        }
    }

    static List<Prompt> ReadCsv(string path, string? column)
    {
        using var parser = new TextFieldParser(path, StrictUtf8) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        try
        {
            var header = parser.ReadFields() ?? [];
            if (PromptColumns.Choose(column, header) is not { } name)
                throw PromptColumns.Missing(path, column, header);
            var index = Array.IndexOf(header, name);

            var prompts = new List<Prompt>();
            while (parser.ReadFields() is { } fields)
            {
                if (fields.Length != header.Length)
                    throw new LemException($"{path}:{parser.LineNumber - 1}: {fields.Length} fields, but the header has {header.Length}", "Quote fields that hold commas or line breaks.");
                prompts.Add(new(fields[index]));
            }

            return prompts;
        }
        catch (MalformedLineException e)
        {
            throw new LemException($"{path}:{e.LineNumber}: not CSV", "Quote fields that hold commas or line breaks, and double the quotes inside.", e);
        }
    }
}

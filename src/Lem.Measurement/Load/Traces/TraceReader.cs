using System.Text;
using Lem.Core;
using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Traces;

/// <summary>Reads a recorded trace from a file in one of the published formats.</summary>
public static class TraceReader
{
    /// <summary>Largest file read; the longest published traces have less than half of it.</summary>
    public const long MaxBytes = 512L << 20;

    // Lines told one by one; the rest is a number.
    const int ProblemsTold = 8;

    /// <exception cref="LemException">The file is missing, unreadable, too large, empty, or has lines that cannot be read: all of them at once.</exception>
    public static RecordedTrace Read(string path, TraceFormat format)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxBytes)
            {
                throw new LemException(
                    $"{path}: {file.Length >> 20} MiB is too large for a trace", $"A trace may have {MaxBytes >> 20} MiB; cut it down to what you replay.");
            }

            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(path, reader, format);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException(
                $"{path}: cannot be read: {e.Message}", "Check the path and its permissions; a relative path counts from the working directory.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new LemException($"{path}: is not text in UTF-8", "Name the trace's own file, unpacked.", e);
        }
    }

    internal static RecordedTrace Read(string source, TextReader text, TraceFormat format)
    {
        var rows = new List<TraceRow>();
        var problems = new List<string>();
        var (problemCount, dropped, number) = (0, 0, 0);
        Func<string, TraceRow>? parse = null;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                if (parse is null)
                {
                    parse = Parser(format, line);
                    if (format is not TraceFormat.Mooncake)
                        continue; // It was the header.
                }

                var row = parse(line);
                if (row is { InputTokens: > 0, OutputTokens: > 0 })
                    rows.Add(row);
                else
                    dropped++;
            }
            catch (FormatException e)
            {
                if (parse is null)
                    throw new LemException($"{source}: is no {Name(format)} trace: {e.Message}", "Name its format: azure, mooncake or burstgpt.", e);
                if (++problemCount <= ProblemsTold)
                    problems.Add($"line {number}: {e.Message}");
            }
        }

        if (problemCount > ProblemsTold)
            problems.Add($"and {problemCount - ProblemsTold} more");
        if (problemCount > 0)
        {
            throw new LemException(
                $"{source}: {(problemCount == 1 ? "a line" : $"{problemCount} lines")} cannot be read: {string.Join("; ", problems)}",
                $"Mend or remove them, or name another format than {Name(format)}.");
        }

        var without = dropped > 0 ? $"; {dropped} without input or output were left out" : "";
        return rows.Count > 0
            ? new(source, FromFirst(rows), dropped)
            : throw new LemException($"{source}: holds no requests{without}", "Name a trace with at least one request.");
    }

    static string Name(TraceFormat format) => format.ToString().ToLowerInvariant();

    static Func<string, TraceRow> Parser(TraceFormat format, string first) => format switch
    {
        TraceFormat.Azure => new AzureRows(new(first)).Parse,
        TraceFormat.Burstgpt => new BurstGptRows(new(first)).Parse,
        _ => MooncakeRows.Parse,
    };

    // In the order they came, which not every file keeps; rows of one time stay in the file's order.
    static List<TraceRow> FromFirst(List<TraceRow> rows)
    {
        List<TraceRow> sorted = [.. rows.OrderBy(row => row.Offset)];
        var first = sorted[0].Offset;
        for (var i = 0; i < sorted.Count; i++)
            sorted[i] = sorted[i] with { Offset = sorted[i].Offset - first };
        return sorted;
    }
}

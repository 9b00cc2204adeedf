using System.Buffers;
using System.Text.Json;

namespace Lem.Core.Results.Raw;

/// <summary>Reads request lines from a stream, in memory bounded by the longest line. Blocks of lines are parsed side by side and told in the file's order.</summary>
public static class RequestLogReader
{
    /// <summary>All requests of a stream; blank lines are skipped.</summary>
    /// <exception cref="LemException">A line is torn or is not a request; the message has its number.</exception>
    public static IEnumerable<RequestRecord> Read(Stream stream, string name) => Read(stream, name, Environment.ProcessorCount);

    /// <param name="degree">Blocks that are parsed while one is told; the requests are the same whatever it is.</param>
    internal static IEnumerable<RequestRecord> Read(Stream stream, string name, int degree)
    {
        var ahead = new Queue<Task<List<RequestRecord>>>();
        foreach (var block in RequestLogBlock.Cut(stream, name))
        {
            ahead.Enqueue(Task.Run(() => Parse(block, name)));
            if (ahead.Count <= degree)
                continue;
            foreach (var request in ahead.Dequeue().GetAwaiter().GetResult())
                yield return request;
        }

        while (ahead.TryDequeue(out var block))
        {
            foreach (var request in block.GetAwaiter().GetResult())
                yield return request;
        }
    }

    static List<RequestRecord> Parse(RequestLogBlock block, string name)
    {
        List<RequestRecord> requests = [];
        var parser = new RequestLine();
        var lines = block.Lines;
        var number = block.FirstLine;
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            if (!line.IsEmpty)
                requests.Add(Parse(parser, line, name, number));
            lines = end < 0 ? [] : lines[(end + 1)..];
            number++;
        }

        ArrayPool<byte>.Shared.Return(block.Buffer);
        return requests;
    }

    static RequestRecord Parse(RequestLine parser, ReadOnlySpan<byte> line, string name, long number)
    {
        try
        {
            return parser.Parse(line);
        }
        catch (JsonException e)
        {
            throw Torn(name, number, e);
        }
        catch (InvalidOperationException e)
        {
            // Utf8JsonReader.GetString says so of invalid UTF-8.
            throw Torn(name, number, e);
        }
    }

    static LemException Torn(string name, long number, Exception cause) => new(
        $"{name}, line {number}: {cause.Message}",
        "The file is torn or was edited: measure this window again, or aggregate with --no-strict to leave the file out.",
        cause);
}

using System.Text.Json;

namespace Lem.Core.Results.Raw;

/// <summary>Reads request lines from a stream, one after another, in memory bounded by the longest line.</summary>
public static class RequestLogReader
{
    const int LongestLineBytes = 64 * 1024 * 1024;

    /// <summary>All requests of a stream; blank lines are skipped.</summary>
    /// <exception cref="LemException">A line is torn or is not a request; the message has its number.</exception>
    public static IEnumerable<RequestRecord> Read(Stream stream, string name)
    {
        var parser = new RequestLine();
        var buffer = new byte[256 * 1024];
        int start = 0, end = 0;
        long number = 0;
        while (true)
        {
            var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                number++;
                if (newline > 0)
                    yield return Parse(parser, buffer.AsSpan(start, newline), name, number);
                start += newline + 1;
                continue;
            }

            (buffer, start, end) = MakeRoom(buffer, start, end, name, number + 1);
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                break;
            end += read;
        }

        if (end > start)
            yield return Parse(parser, buffer.AsSpan(start, end - start), name, number + 1);
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

    static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end, string name, long number)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            return (buffer, 0, end - start);
        }

        if (end < buffer.Length)
            return (buffer, 0, end);
        if (buffer.Length >= LongestLineBytes)
            throw new LemException($"{name}, line {number}: longer than {LongestLineBytes} bytes", "This is no file of lem.");
        Array.Resize(ref buffer, 2 * buffer.Length);
        return (buffer, 0, end);
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lem.Core.Configuration.Secrets;

namespace Lem.Core.Results.Raw;

/// <summary>
/// Appends request lines to a stream, many whole lines per write, and hashes what it wrote. Used by one writer thread only.
/// </summary>
public sealed class RequestLogWriter : IDisposable
{
    // Many requests may end in one second, and their lines need not all be in memory.
    const int MostBuffered = 64 * 1024;

    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Stream _stream;
    readonly SecretRedactor? _secrets;
    readonly ArrayBufferWriter<byte> _buffer = new(2 * MostBuffered);
    readonly Utf8JsonWriter _json;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="secrets">Taken out of what requests failed with: servers quote what they were sent.</param>
    public RequestLogWriter(Stream stream, SecretRedactor? secrets = null)
    {
        (_stream, _secrets) = (stream, secrets);
        _json = new Utf8JsonWriter(_buffer, Compact);
    }

    /// <summary>Lines appended so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Adds one line to the buffer, and writes the buffer where it is full.</summary>
    public void Append(RequestRecord request)
    {
        _json.WriteStartObject();
        _json.WriteNumber("i"u8, request.I);
        _json.WriteNumber("prompt"u8, request.Prompt);
        _json.WriteNumber("intended_s"u8, request.IntendedS);
        WriteNumber("sent_s"u8, request.SentS);
        WriteNumber("prefill_s"u8, request.PrefillS);
        WriteNumber("first_s"u8, request.FirstS);
        WriteNumber("last_s"u8, request.LastS);
        _json.WriteNumber("input_tokens"u8, request.InputTokens);
        _json.WriteNumber("output_tokens"u8, request.OutputTokens);
        _json.WriteString("token_source"u8, request.TokenSource);
        WriteNumber("tokenize_ms"u8, request.TokenizeMs);
        WriteList("gaps_us"u8, request.GapsUs);
        WriteList("gap_tokens"u8, request.GapTokens);
        _json.WriteBoolean("ok"u8, request.Ok);
        WriteError(request.Error);
        if (request.EndS is { } end)
            _json.WriteNumber("end_s"u8, end);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        Lines++;
        if (_buffer.WrittenCount >= MostBuffered)
            Flush();
    }

    /// <summary>Hands everything appended to the operating system.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0)
            return;
        _hash.AppendData(_buffer.WrittenSpan);
        _stream.Write(_buffer.WrittenSpan);
        _stream.Flush();
        _buffer.ResetWrittenCount();
    }

    /// <summary>Flushes and brings everything to the disk, where the stream is a file.</summary>
    public void Sync()
    {
        Flush();
        (_stream as FileStream)?.Flush(flushToDisk: true);
    }

    /// <summary>SHA-256 of all that was flushed, lower-case hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose()
    {
        Flush();
        _json.Dispose();
        _hash.Dispose();
        _stream.Dispose();
    }

    void WriteNumber(ReadOnlySpan<byte> name, double? number)
    {
        if (number is { } value)
            _json.WriteNumber(name, value);
        else
            _json.WriteNull(name);
    }

    void WriteList(ReadOnlySpan<byte> name, int[]? values)
    {
        if (values is null)
        {
            _json.WriteNull(name);
            return;
        }

        _json.WriteStartArray(name);
        foreach (var value in values)
            _json.WriteNumberValue(value);
        _json.WriteEndArray();
    }

    void WriteError(RequestError? error)
    {
        if (error is null)
        {
            _json.WriteNull("error"u8);
            return;
        }

        _json.WriteStartObject("error"u8);
        _json.WriteString("kind"u8, error.Kind);
        _json.WriteString("message"u8, _secrets?.Redact(error.Message) ?? error.Message);
        WriteNumber("after_tokens"u8, error.AfterTokens);
        _json.WriteEndObject();
    }
}

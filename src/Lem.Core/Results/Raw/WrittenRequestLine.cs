using System.Buffers;
using System.Globalization;

namespace Lem.Core.Results.Raw;

/// <summary>
/// Reads a request line that looks exactly as <see cref="RequestLogWriter"/> writes it, several times as fast as a JSON reader. Every other
/// line, valid or not, it declines: then <see cref="RequestLine"/> has the word.
/// </summary>
ref struct WrittenRequestLine
{
    static readonly SearchValues<byte> InNumbers = SearchValues.Create("+-.0123456789Ee"u8);

    readonly ref int[] _numbers;
    ReadOnlySpan<byte> _rest;

    /// <param name="numbers">Where lists gather before they are cut to their length; grows.</param>
    public WrittenRequestLine(ReadOnlySpan<byte> line, ref int[] numbers)
    {
        _rest = line;
        _numbers = ref numbers;
    }

    /// <summary>The request, or null where the line looks different.</summary>
    public RequestRecord? Read() =>
        Take("{\"i\":"u8) && Integer(out var i)
        && Take(",\"prompt\":"u8) && Integer(out var prompt)
        && Take(",\"intended_s\":"u8) && Seconds(out var intended) && intended is { } due
        && Take(",\"sent_s\":"u8) && Seconds(out var sent)
        && Take(",\"prefill_s\":"u8) && Seconds(out var prefill)
        && Take(",\"first_s\":"u8) && Seconds(out var first)
        && Take(",\"last_s\":"u8) && Seconds(out var last)
        && Take(",\"input_tokens\":"u8) && Integer(out var input)
        && Take(",\"output_tokens\":"u8) && Integer(out var output)
        && Take(",\"token_source\":"u8) && Source(out var source)
        && Take(",\"tokenize_ms\":"u8) && Seconds(out var tokenize)
        && Take(",\"gaps_us\":"u8) && Numbers(out var gaps)
        && Take(",\"gap_tokens\":"u8) && Numbers(out var gapTokens)
        && Take(",\"ok\":true,\"error\":null}"u8) && _rest.IsEmpty
            ? new RequestRecord(i, prompt, due, sent, first, last, input, output, source, gaps, gapTokens, true, null, prefill, tokenize)
            : null;

    bool Take(ReadOnlySpan<byte> text)
    {
        if (!_rest.StartsWith(text))
            return false;
        _rest = _rest[text.Length..];
        return true;
    }

    /// <summary>A whole number of zero or more, without a sign or leading zeros.</summary>
    bool Integer(out int value)
    {
        long sum = 0;
        var length = 0;
        while (length < _rest.Length && (uint)(_rest[length] - '0') <= 9 && sum <= int.MaxValue)
            sum = 10 * sum + (_rest[length++] - '0');
        value = (int)sum;
        if (length == 0 || sum > int.MaxValue || (length > 1 && _rest[0] == '0'))
            return false;
        _rest = _rest[length..];
        return true;
    }

    bool Seconds(out double? value)
    {
        value = null;
        if (Take("null"u8))
            return true;
        var length = _rest.IndexOfAnyExcept(InNumbers);
        if (length <= 0 || !IsNumber(_rest[..length]) || !double.TryParse(_rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !double.IsFinite(seconds))
            return false;
        value = seconds;
        _rest = _rest[length..];
        return true;
    }

    /// <summary>A number as JSON allows it: no plus or leading zero before it, digits on both sides of its point.</summary>
    static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text[0] == '-')
            text = text[1..];
        if (text is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..] || !SkipDigits(ref text))
            return false;
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            if (!SkipDigits(ref text))
                return false;
        }

        if (text is not [(byte)'e' or (byte)'E', ..])
            return text.IsEmpty;
        text = text is [_, (byte)'+' or (byte)'-', ..] ? text[2..] : text[1..];
        return SkipDigits(ref text) && text.IsEmpty;
    }

    static bool SkipDigits(ref ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = other < 0 ? text.Length : other;
        text = text[digits..];
        return digits > 0;
    }

    bool Source(out string? source)
    {
        source = Take("\"engine\""u8) ? "engine" : Take("\"usage\""u8) ? "usage" : Take("\"tokenizer\""u8) ? "tokenizer" : null;
        return source is not null || Take("null"u8);
    }

    bool Numbers(out int[]? values)
    {
        values = null;
        if (Take("null"u8))
            return true;
        if (!Take("["u8))
            return false;
        var count = 0;
        if (Take("]"u8))
        {
            values = [];
            return true;
        }

        do
        {
            if (count == _numbers.Length)
                Array.Resize(ref _numbers, Math.Max(2 * count, 64));
            if (!Integer(out _numbers[count++]))
                return false;
        }
        while (Take(","u8));

        values = _numbers[..count];
        return Take("]"u8);
    }
}

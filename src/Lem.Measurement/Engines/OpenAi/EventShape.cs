using System.Buffers;
using System.Buffers.Text;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>
/// One event of a stream, learnt by heart: the events of an answer differ in their text and in some numbers after it, and in nothing else. What fits is read without parsing, in
/// a quarter of the time; what does not is parsed.
/// </summary>
/// <remarks>After the text, runs of digits may differ; every other byte must be the same. A text with an escape, or none, never fits.</remarks>
sealed class EventShape
{
    static readonly SearchValues<byte> EndOfPlainText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);
    static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    // Between two pieces after the text stands a number.
    readonly byte[] _before;
    readonly byte[][] _after;
    readonly int _counter;

    EventShape(byte[] before, byte[][] after, int counter) => (_before, _after, _counter) = (before, after, counter);

    /// <param name="data">An event that was parsed.</param>
    /// <param name="textStart">Where its text begins, after the quotation mark.</param>
    /// <param name="textLength">Bytes of the text, as they stand there.</param>
    /// <param name="counterStart">Where the number of output tokens so far stands, after the text; −1 = nowhere.</param>
    public static EventShape? Learn(ReadOnlySpan<byte> data, int textStart, int textLength, int counterStart)
    {
        if (counterStart >= 0 && counterStart < textStart)
            return null;
        var pieces = new List<byte[]>();
        var counter = -1;
        for (var at = textStart + textLength; ;)
        {
            var number = data[at..].IndexOfAny(Digits);
            if (number < 0)
            {
                pieces.Add(data[at..].ToArray());
                break;
            }

            pieces.Add(data.Slice(at, number).ToArray());
            if (at + number == counterStart)
                counter = pieces.Count - 1;
            at += number;
            at += Length(data[at..]);
        }

        return counterStart >= 0 && counter < 0 ? null : new(data[..textStart].ToArray(), [.. pieces], counter);
    }

    /// <summary>Whether an event has this shape.</summary>
    /// <param name="text">Its text: never empty, nothing escaped.</param>
    /// <param name="counter">Output tokens so far; −1 where the shape has no such number.</param>
    public bool Fits(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text, out int counter)
    {
        text = default;
        counter = -1;
        if (!data.StartsWith(_before))
            return false;
        var rest = data[_before.Length..];
        var length = rest.IndexOfAny(EndOfPlainText);
        if (length <= 0 || rest[length] != (byte)'"')
            return false;
        text = rest[..length];
        rest = rest[length..];
        for (var i = 0; ; i++)
        {
            if (!rest.StartsWith(_after[i]))
                return false;
            rest = rest[_after[i].Length..];
            if (i == _after.Length - 1)
                return rest.IsEmpty;
            var digits = Length(rest);
            if (digits == 0 || (i == _counter && !(Utf8Parser.TryParse(rest, out counter, out var read) && read == digits)))
                return false;
            rest = rest[digits..];
        }
    }

    static int Length(ReadOnlySpan<byte> number) => number.IndexOfAnyExcept(Digits) is var end and >= 0 ? end : number.Length;
}

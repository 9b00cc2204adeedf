using System.Buffers;
using System.Buffers.Text;

namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>
/// One event of a stream, learnt by heart: the events of an answer differ in their text and in some numbers after it, and in nothing else. What fits is read without parsing, in
/// a quarter of the time; what does not is parsed.
/// </summary>
/// <remarks>After the text, runs of digits may differ; every other byte must be the same. A text with an escape, or none, never fits.</remarks>
sealed class EventShape
{
    static readonly SearchValues<byte> EndOfPlainText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);
    static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    // One array for all pieces: there is a shape to every stream that is open.
    readonly byte[] _bytes;
    readonly int _before;
    readonly int[] _after;
    readonly int _counter;

    /// <param name="bytes">What stands before the text, and the pieces after it; between two of these stands a number.</param>
    /// <param name="before">Length of the former.</param>
    /// <param name="after">Lengths of the latter.</param>
    /// <param name="counter">The piece before the number of output tokens; −1 = none.</param>
    EventShape(byte[] bytes, int before, int[] after, int counter) => (_bytes, _before, _after, _counter) = (bytes, before, after, counter);

    /// <param name="data">An event that was parsed.</param>
    /// <param name="textStart">Where its text begins, after the quotation mark.</param>
    /// <param name="textLength">Bytes of the text, as they stand there.</param>
    /// <param name="counterStart">Where the number of output tokens so far stands, after the text; −1 = nowhere.</param>
    public static EventShape? Learn(ReadOnlySpan<byte> data, int textStart, int textLength, int counterStart)
    {
        if (counterStart >= 0 && counterStart < textStart)
            return null;
        var bytes = new ArrayBufferWriter<byte>(data.Length);
        var lengths = new List<int>();
        bytes.Write(data[..textStart]);
        var counter = -1;
        for (var at = textStart + textLength; ;)
        {
            var number = data[at..].IndexOfAny(Digits);
            if (number < 0)
            {
                Add(data[at..]);
                break;
            }

            Add(data.Slice(at, number));
            if (at + number == counterStart)
                counter = lengths.Count - 1;
            at += number;
            at += Length(data[at..]);
        }

        return counterStart >= 0 && counter < 0 ? null : new(bytes.WrittenSpan.ToArray(), textStart, [.. lengths], counter);

        void Add(ReadOnlySpan<byte> piece)
        {
            bytes.Write(piece);
            lengths.Add(piece.Length);
        }
    }

    /// <summary>Whether an event has this shape.</summary>
    /// <param name="text">Its text: never empty, nothing escaped.</param>
    /// <param name="counter">Output tokens so far; −1 where the shape has no such number.</param>
    public bool Fits(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text, out int counter)
    {
        text = default;
        counter = -1;
        ReadOnlySpan<byte> pieces = _bytes;
        if (!data.StartsWith(pieces[.._before]))
            return false;
        pieces = pieces[_before..];
        var rest = data[_before..];
        var length = rest.IndexOfAny(EndOfPlainText);
        if (length <= 0 || rest[length] != (byte)'"')
            return false;
        text = rest[..length];
        rest = rest[length..];
        for (var i = 0; ; i++)
        {
            if (!rest.StartsWith(pieces[.._after[i]]))
                return false;
            pieces = pieces[_after[i]..];
            rest = rest[_after[i]..];
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

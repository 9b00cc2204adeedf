using System.Text;

namespace Lem.Tests.Shared.Serving;

/// <summary>
/// The mock's tokenizer: words of its own are one token each, everything else one token per byte; exact in both directions. Ids: 0–255
/// bytes, 256 begin of text, from 257 words. No word begins another, so that words written in a row are read back as the same tokens.
/// </summary>
static class Vocabulary
{
    public const int BeginOfText = 256;
    const int FirstWord = 257;

    static readonly byte[][] Words =
    [
        .. " river, stone, cloud, bread, glass, tower, light, field, horse, north, piano, sugar, tiger, valley, winter, yellow"
            .Split(',').Select(Encoding.UTF8.GetBytes),
    ];

    // Two, three and four bytes per character.
    static readonly byte[][] Utf8Words = [.. " größe, 東京, 🙂, naïve".Split(',').Select(Encoding.UTF8.GetBytes)];

    static readonly byte[][] All = [.. Words, .. Utf8Words];

    /// <summary>Id of the n-th output token of a text.</summary>
    public static int OutputToken(int n, bool utf8) => FirstWord + (n % (utf8 ? All.Length : Words.Length));

    /// <summary>Bytes of a word's token; also fit to stand in a JSON string.</summary>
    public static ReadOnlySpan<byte> Word(int token) => All[token - FirstWord];

    public static int Size => FirstWord + All.Length;

    public static List<int> Encode(ReadOnlySpan<byte> text, bool beginOfText)
    {
        var tokens = new List<int>(text.Length);
        if (beginOfText)
            tokens.Add(BeginOfText);
        while (text.Length > 0)
        {
            var word = text[0] == ' ' ? WordAt(text) : -1;
            tokens.Add(word < 0 ? text[0] : FirstWord + word);
            text = text[(word < 0 ? 1 : All[word].Length)..];
        }

        return tokens;
    }

    public static string Decode(IEnumerable<int> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens)
            if (token < BeginOfText)
                bytes.Add((byte)token);
            else if (token >= FirstWord && token < Size)
                bytes.AddRange(All[token - FirstWord]);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    static int WordAt(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < All.Length; i++)
            if (text.StartsWith(All[i]))
                return i;
        return -1;
    }
}

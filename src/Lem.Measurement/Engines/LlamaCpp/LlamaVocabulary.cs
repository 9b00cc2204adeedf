using System.Text;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The model's tokens: text to tokens and back, and which of them end a text.</summary>
sealed unsafe class LlamaVocabulary
{
    readonly nint _vocab;

    public LlamaVocabulary(nint vocab)
    {
        _vocab = vocab;
        Count = LlamaVocabNative.TokenCount(vocab);
        EndTokens = [.. Enumerable.Range(0, Count).Where(token => LlamaVocabNative.IsEndOfGeneration(vocab, token))];
    }

    public int Count { get; }

    /// <summary>Tokens that end generation: end of text, end of turn.</summary>
    public int[] EndTokens { get; }

    public bool EndsText(int token) => EndTokens.AsSpan().Contains(token);

    /// <summary>Tokens of a text, with those the model wants in front and behind; special tokens spelled in the text count as such, as in Transformers.</summary>
    public int[] Tokenize(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        // Hardly ever more tokens than bytes; if so, the library says how many.
        var tokens = new int[bytes.Length + 8];
        var count = Tokenize(bytes, tokens);
        if (count < 0)
        {
            tokens = new int[-count];
            count = Tokenize(bytes, tokens);
        }

        return tokens[..Math.Max(0, count)];
    }

    public string Detokenize(IReadOnlyList<int> tokens)
    {
        int[] ids = [.. tokens];
        var bytes = new byte[ids.Length * 8 + 16];
        var count = Detokenize(ids, bytes);
        if (count < 0)
        {
            bytes = new byte[-count];
            count = Detokenize(ids, bytes);
        }

        return Encoding.UTF8.GetString(bytes, 0, Math.Max(0, count));
    }

    int Tokenize(byte[] text, int[] tokens)
    {
        fixed (byte* textStart = text)
        fixed (int* tokenStart = tokens)
            return LlamaVocabNative.Tokenize(_vocab, textStart, text.Length, tokenStart, tokens.Length, addSpecial: true, parseSpecial: true);
    }

    int Detokenize(int[] tokens, byte[] text)
    {
        fixed (int* tokenStart = tokens)
        fixed (byte* textStart = text)
            return LlamaVocabNative.Detokenize(_vocab, tokenStart, tokens.Length, textStart, text.Length, removeSpecial: false, unparseSpecial: false);
    }
}

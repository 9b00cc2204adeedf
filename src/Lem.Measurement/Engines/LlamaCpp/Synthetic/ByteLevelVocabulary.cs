using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>A tokenizer that needs no training: one token per byte, so a prompt of n bytes is n tokens and the one that begins it.</summary>
/// <remarks>
/// Of llama.cpp's SentencePiece kind: three control tokens, the 256 bytes, the space (which that kind spells U+2581), then padding up to the
/// vocabulary's size, so that the head costs what it costs. No text is ever tokenized to padding; generation may choose it, and its visible text
/// then streams like any other token's.
/// </remarks>
static class ByteLevelVocabulary
{
    public const int MinimumSize = FirstByte + 256 + 1;

    const int Unknown = 0;
    const int Begin = 1;
    const int End = 2;
    const int FirstByte = 3;

    // Token types of llama.cpp (enum llama_token_type).
    const int NormalType = 1;
    const int UnknownType = 2;
    const int ControlType = 3;
    const int ByteType = 6;

    static readonly GgufValue Score = GgufValue.F32(0);
    static readonly GgufValue Normal = GgufValue.I32(NormalType);

    public static void AddTo(IDictionary<string, GgufValue> metadata, int size)
    {
        metadata["tokenizer.ggml.model"] = GgufValue.Text("llama");
        metadata["tokenizer.ggml.tokens"] = GgufValue.Array(GgufValueType.Text, [.. Tokens(size).Select(GgufValue.Text)]);
        metadata["tokenizer.ggml.scores"] = GgufValue.Array(GgufValueType.F32, [.. Enumerable.Repeat(Score, size)]);
        metadata["tokenizer.ggml.token_type"] = GgufValue.Array(GgufValueType.I32, [.. Enumerable.Range(0, size).Select(TypeOf)]);
        metadata["tokenizer.ggml.bos_token_id"] = GgufValue.U32(Begin);
        metadata["tokenizer.ggml.eos_token_id"] = GgufValue.U32(End);
        metadata["tokenizer.ggml.unknown_token_id"] = GgufValue.U32(Unknown);
        metadata["tokenizer.ggml.add_bos_token"] = GgufValue.Bool(true);
        metadata["tokenizer.ggml.add_eos_token"] = GgufValue.Bool(false);
        metadata["tokenizer.ggml.add_space_prefix"] = GgufValue.Bool(false);
    }

    static IEnumerable<string> Tokens(int size)
    {
        yield return "<unk>";
        yield return "<s>";
        yield return "</s>";
        for (var value = 0; value < 256; value++)
            yield return $"<0x{value:X2}>";
        yield return "\u2581";
        for (var padding = 0; padding < size - MinimumSize; padding++)
            yield return $"<pad_{padding}>";
    }

    static GgufValue TypeOf(int token) => token switch
    {
        Unknown => GgufValue.I32(UnknownType),
        Begin or End => GgufValue.I32(ControlType),
        < FirstByte + 256 => GgufValue.I32(ByteType),
        _ => Normal,
    };
}

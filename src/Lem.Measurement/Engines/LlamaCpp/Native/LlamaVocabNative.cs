using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>The functions of <c>llama.h</c> about the vocabulary, one to one.</summary>
static unsafe partial class LlamaVocabNative
{
    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_vocab_n_tokens")]
    internal static partial int TokenCount(nint vocab);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_vocab_is_eog")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool IsEndOfGeneration(nint vocab, int token);

    /// <returns>Number of tokens, or minus the number there would be where <paramref name="tokens"/> is too short.</returns>
    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_tokenize")]
    internal static partial int Tokenize(
        nint vocab, byte* text, int textBytes, int* tokens, int maxTokens,
        [MarshalAs(UnmanagedType.U1)] bool addSpecial, [MarshalAs(UnmanagedType.U1)] bool parseSpecial);

    /// <returns>Number of bytes, or minus the number there would be where <paramref name="text"/> is too short.</returns>
    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_detokenize")]
    internal static partial int Detokenize(
        nint vocab, int* tokens, int count, byte* text, int maxTextBytes,
        [MarshalAs(UnmanagedType.U1)] bool removeSpecial, [MarshalAs(UnmanagedType.U1)] bool unparseSpecial);
}

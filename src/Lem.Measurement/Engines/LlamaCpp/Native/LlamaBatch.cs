using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary><c>llama_batch</c>: for each token its id, position, sequences, and whether its logits are wanted.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
unsafe struct LlamaBatch
{
    [FieldOffset(0)] public int Count;
    [FieldOffset(8)] public int* Tokens;
    [FieldOffset(16)] public float* Embeddings;
    [FieldOffset(24)] public int* Positions;
    [FieldOffset(32)] public int* SequenceCounts;
    [FieldOffset(40)] public int** Sequences;
    [FieldOffset(48)] public sbyte* WantsLogits;
}

using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>
/// <c>struct ggml_tensor</c> of ggml 0.25 (llama.cpp 0.5.0), as far as it is read here: a node of a graph, its sizes and what it is computed from.
/// <see cref="GgmlTensorLayout"/> checks it before anything is read.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 336)]
unsafe struct GgmlTensor
{
    public const int NameOffset = 256;

    /// <summary>Elements of each of four dimensions; unused ones are 1.</summary>
    [FieldOffset(16)] public fixed long Elements[4];

    /// <summary>enum ggml_op; its names come from ggml_op_name.</summary>
    [FieldOffset(80)] public int Operation;

    [FieldOffset(152)] public GgmlTensor* Source0;
    [FieldOffset(160)] public GgmlTensor* Source1;
    [FieldOffset(168)] public GgmlTensor* Source2;
}

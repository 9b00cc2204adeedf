using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary><c>struct ggml_init_params</c>: room for tensors, with or without their data.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
struct GgmlInitParams
{
    [FieldOffset(0)] public nuint Bytes;
    [FieldOffset(8)] public nint Buffer;
    [FieldOffset(16)] public byte WithoutData;
}

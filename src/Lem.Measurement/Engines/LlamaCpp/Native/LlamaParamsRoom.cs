using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>
/// Room for a parameter struct of any build: it is returned through a hidden pointer, so a build whose struct is longer than ours
/// would otherwise write past its end before its layout could be refused.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 1024)]
struct LlamaParamsRoom
{
    [FieldOffset(0)] public LlamaModelParams Model;
    [FieldOffset(0)] public LlamaContextParams Context;
}

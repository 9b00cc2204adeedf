using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary><c>llama_model_params</c> of llama.cpp 0.5.0. Start from <see cref="LlamaNative.ModelDefaultParams"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
struct LlamaModelParams
{
    [FieldOffset(0)] public nint Devices;
    [FieldOffset(8)] public nint TensorBufferTypeOverrides;
    [FieldOffset(16)] public int GpuLayers;
    [FieldOffset(20)] public int SplitMode;
    [FieldOffset(24)] public int LoadMode;
    [FieldOffset(28)] public int LazyMode;
    [FieldOffset(32)] public int MainGpu;
    [FieldOffset(40)] public nint TensorSplit;
    [FieldOffset(48)] public nint ProgressCallback;
    [FieldOffset(56)] public nint ProgressCallbackData;
    [FieldOffset(64)] public nint MetadataOverrides;
    [FieldOffset(72)] public byte VocabularyOnly;
    [FieldOffset(73)] public byte CheckTensors;
    [FieldOffset(74)] public byte UseExtraBufferTypes;
    [FieldOffset(75)] public byte NoHost;
    [FieldOffset(76)] public byte NoAlloc;
    [FieldOffset(77)] public byte LoadMtp;
}

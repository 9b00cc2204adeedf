using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary><c>ggml_threadpool_params</c>: a CPU mask of 512 bytes (all zero: the process' own affinity), then these.</summary>
[StructLayout(LayoutKind.Explicit, Size = 528)]
struct GgmlThreadPoolParams
{
    [FieldOffset(512)] public int Threads;
    [FieldOffset(516)] public int Priority;

    /// <summary>How eagerly idle threads spin for work: 0 sleep at once … 100 spin.</summary>
    [FieldOffset(520)] public uint Poll;
    [FieldOffset(524)] public byte StrictCpu;
    [FieldOffset(525)] public byte Paused;
}

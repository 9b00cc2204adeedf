using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lem.Measurement.Nvml;

// Memory layouts of nvml.h, field by field; sizes and offsets are checked by a test against a C compiler.

/// <summary><c>nvmlFieldValue_t</c>, 40 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlFieldValue
{
    public NvmlField Field;
    public uint Scope;
    public long TimestampMicroseconds;
    public long LatencyMicroseconds;
    public int ValueType;
    public NvmlReturn Return;
    public ulong Bits;

    /// <summary>The value as a number whatever its type, or NaN where the type is unknown.</summary>
    public readonly double Number => ValueType switch
    {
        0 => BitConverter.UInt64BitsToDouble(Bits),
        1 => (uint)Bits,
        2 or 3 => Bits,
        4 => (long)Bits,
        5 => (int)Bits,
        6 => (ushort)Bits,
        _ => double.NaN,
    };
}

/// <summary><c>nvmlMemory_t</c>, bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NvmlMemoryV1
{
    internal ulong Total;
    internal ulong Free;
    internal ulong Used;
}

/// <summary><c>nvmlMemory_v2_t</c>, bytes; the version word holds the size and 2 &lt;&lt; 24.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NvmlMemoryV2
{
    internal const uint VersionWord = 40 | (2u << 24);

    internal uint Version;
    internal ulong Total;
    internal ulong Reserved;
    internal ulong Free;
    internal ulong Used;
}

/// <summary><c>nvmlUtilization_t</c>: percent of the past sample period in which any kernel ran, and in which memory was touched.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NvmlUtilization
{
    internal uint Gpu;
    internal uint Memory;
}

/// <summary><c>nvmlViolationTime_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NvmlViolationTime
{
    internal ulong ReferenceMicroseconds;
    internal ulong ViolationNanoseconds;
}

/// <summary><c>nvmlProcessInfo_v2_t</c>, the element of <c>nvmlDeviceGetComputeRunningProcesses_v2</c> and <c>_v3</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NvmlProcessInfo
{
    internal uint Pid;
    internal ulong UsedGpuMemory;
    internal uint GpuInstance;
    internal uint ComputeInstance;
}

/// <summary><c>nvmlDeviceAttributes_t</c>: the share of a card that a MIG device has.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NvmlDeviceAttributes
{
    internal uint Multiprocessors;
    internal uint SharedCopyEngines;
    internal uint SharedDecoders;
    internal uint SharedEncoders;
    internal uint SharedJpeg;
    internal uint SharedOpticalFlow;
    internal uint GpuInstanceSlices;
    internal uint ComputeInstanceSlices;
    internal ulong MemoryMebibytes;
}

/// <summary><c>nvmlPciInfo_t</c>, 68 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NvmlPciInfo
{
    internal Chars16 BusIdLegacy;
    internal uint Domain;
    internal uint Bus;
    internal uint Device;
    internal uint PciDeviceId;
    internal uint PciSubSystemId;
    internal Chars32 BusId;
}

[InlineArray(16)]
struct Chars16
{
    byte _first;
}

[InlineArray(32)]
struct Chars32
{
    byte _first;
}

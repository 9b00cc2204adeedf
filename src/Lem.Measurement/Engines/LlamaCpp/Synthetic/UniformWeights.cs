using System.Runtime.InteropServices;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>An endless row of uniform random weights around zero, the same on every machine, already encoded in a tensor type.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood 2014) gives four 12-bit numbers per step; each picks one of 4096 encoded values. The lookup replaces the
/// conversion to half precision, which would cost more than the random numbers; only IEEE-exact operations shape the table.
/// </remarks>
sealed class UniformWeights
{
    const int Levels = 4096;

    readonly GgufTensorType _type;
    readonly ushort[] _halves = [];
    readonly uint[] _singles = [];
    ulong _state;

    /// <param name="standardDeviation">Of the weights; they lie within ± √3 of it.</param>
    public UniformWeights(GgufTensorType type, double standardDeviation, ulong seed)
    {
        _type = type;
        _state = seed;
        var values = Enumerable.Range(0, Levels).Select(level => (float)(standardDeviation * Math.Sqrt(3) * (2 * level + 1 - Levels) / Levels));
        if (type == GgufTensorType.F32)
            _singles = [.. values.Select(BitConverter.SingleToUInt32Bits)];
        else if (type == GgufTensorType.F16)
            _halves = [.. values.Select(value => BitConverter.HalfToUInt16Bits((Half)value))];
        else if (type == GgufTensorType.BF16)
            _halves = [.. values.Select(ToBrainFloat)];
        else
            throw new ArgumentException($"no weights are generated in {type.Name}", nameof(type));
    }

    /// <summary>Writes the next elements; the last call for a tensor may have any length, those before it a multiple of four elements.</summary>
    public void Fill(Span<byte> destination)
    {
        if (_type == GgufTensorType.F32)
            Fill<uint>(MemoryMarshal.Cast<byte, uint>(destination), _singles);
        else
            Fill<ushort>(MemoryMarshal.Cast<byte, ushort>(destination), _halves);
    }

    void Fill<T>(Span<T> destination, ReadOnlySpan<T> table)
        where T : unmanaged
    {
        table = table[..Levels];
        while (destination.Length >= 4)
        {
            var bits = Next();
            destination[0] = table[(int)(bits & (Levels - 1))];
            destination[1] = table[(int)((bits >> 16) & (Levels - 1))];
            destination[2] = table[(int)((bits >> 32) & (Levels - 1))];
            destination[3] = table[(int)((bits >> 48) & (Levels - 1))];
            destination = destination[4..];
        }
        if (destination.IsEmpty)
            return;
        var rest = Next();
        for (var i = 0; i < destination.Length; i++)
            destination[i] = table[(int)((rest >> (16 * i)) & (Levels - 1))];
    }

    ulong Next()
    {
        var mixed = _state += 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>The upper half of a single, rounded to nearest, ties to even.</summary>
    static ushort ToBrainFloat(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}

using System.Collections.Frozen;

namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>How a tensor's numbers are stored: blocks of elements, each block a fixed number of bytes.</summary>
/// <param name="Id">Number on disk (<c>enum ggml_type</c>).</param>
/// <param name="BlockElements">Elements per block; 1 for plain types, 0 for a type this version does not know.</param>
/// <param name="BlockBytes">Bytes per block, scales included.</param>
public sealed record GgufTensorType(int Id, string Name, int BlockElements, int BlockBytes)
{
    public static readonly GgufTensorType F32 = new(0, "f32", 1, 4);
    public static readonly GgufTensorType F16 = new(1, "f16", 1, 2);
    public static readonly GgufTensorType BF16 = new(30, "bf16", 1, 2);

    // Block layouts of ggml-common.h; K-quantised types share super-blocks of 256 elements.
    static readonly FrozenDictionary<int, GgufTensorType> Known = new GgufTensorType[]
    {
        F32,
        F16,
        BF16,
        new(2, "q4_0", 32, 18),
        new(3, "q4_1", 32, 20),
        new(6, "q5_0", 32, 22),
        new(7, "q5_1", 32, 24),
        new(8, "q8_0", 32, 34),
        new(9, "q8_1", 32, 36),
        new(10, "q2_k", 256, 84),
        new(11, "q3_k", 256, 110),
        new(12, "q4_k", 256, 144),
        new(13, "q5_k", 256, 176),
        new(14, "q6_k", 256, 210),
        new(15, "q8_k", 256, 292),
        new(16, "iq2_xxs", 256, 66),
        new(17, "iq2_xs", 256, 74),
        new(18, "iq3_xxs", 256, 98),
        new(19, "iq1_s", 256, 50),
        new(20, "iq4_nl", 32, 18),
        new(21, "iq3_s", 256, 110),
        new(22, "iq2_s", 256, 82),
        new(23, "iq4_xs", 256, 136),
        new(24, "i8", 1, 1),
        new(25, "i16", 1, 2),
        new(26, "i32", 1, 4),
        new(27, "i64", 1, 8),
        new(28, "f64", 1, 8),
        new(29, "iq1_m", 256, 56),
        new(34, "tq1_0", 256, 54),
        new(35, "tq2_0", 256, 66),
        new(39, "mxfp4", 32, 17),
        new(40, "nvfp4", 64, 36),
        new(41, "q1_0", 128, 18),
    }.ToFrozenDictionary(type => type.Id);

    /// <summary>False for a type newer than this version: its tensors can be counted, but their bytes are unknown.</summary>
    public bool IsKnown => BlockElements > 0;

    public static GgufTensorType FromId(int id) => Known.GetValueOrDefault(id) ?? new GgufTensorType(id, $"type_{id}", 0, 0);

    /// <summary>The type of this name (<c>f16</c>), or null.</summary>
    public static GgufTensorType? FromName(string name) => Known.Values.FirstOrDefault(type => type.Name == name);
}

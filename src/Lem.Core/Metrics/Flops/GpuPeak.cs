namespace Lem.Core.Metrics.Flops;

/// <summary>Dense peak throughput of GPUs by compute precision: what model FLOP utilisation (MFU) is a share of.</summary>
/// <remarks>NVIDIA's data sheets: dense (not sparse) tensor-core figures with fp32 accumulation, boost clock; a card at a lower limit has less.</remarks>
public static class GpuPeak
{
    // TFLOP/s (TOP/s for int8); first match wins, so that longer names stand before their beginnings. Null = the card has no units for it.
    static readonly (string Name, double Fp32, double? Tf32, double Half, double? Eight)[] Cards =
    [
        ("H100 PCIe", 51, 378, 756, 1513),
        ("H100 NVL", 60, 418, 835, 1671),
        ("H100", 67, 495, 989, 1979),
        ("H200", 67, 495, 989, 1979),
        ("GH200", 67, 495, 989, 1979),
        ("A100", 19.5, 156, 312, 624),
        ("A30", 10.3, 82, 165, 330),
        ("A10G", 31.5, 35, 70, 140),
        ("A10", 31.2, 62.5, 125, 250),
        ("A40", 37.4, 74.8, 149.7, 299),
        ("L40S", 91.6, 183, 362, 733),
        ("L40", 90.5, 90.5, 181, 362),
        ("L4", 30.3, 60, 121, 242),
        ("RTX 4090", 82.6, 82.6, 165.2, 660.6),
        ("RTX 3090", 35.6, 35.6, 71, 284),
        ("V100", 15.7, null, 125, null),
        ("T4", 8.1, null, 65, 130),
        ("P100", 10.6, null, 21.2, null),
    ];

    /// <summary>FLOP/s of one card; null where card or precision is not in the table, or the card lacks units for it.</summary>
    /// <param name="computePrecision">fp32, tf32, fp16, bf16, fp8 or int8.</param>
    public static double? Of(string? gpuName, string? computePrecision)
    {
        foreach (var card in Cards)
            if (gpuName?.Contains(card.Name, StringComparison.OrdinalIgnoreCase) ?? false)
                return 1e12 * computePrecision switch
                {
                    "fp32" => card.Fp32,
                    "tf32" => card.Tf32,
                    "fp16" => card.Half,
                    // Volta, Turing and Pascal compute bf16 in fp32.
                    "bf16" => card.Tf32 is null ? null : card.Half,
                    "fp8" or "int8" => card.Eight,
                    _ => null,
                };
        return null;
    }
}

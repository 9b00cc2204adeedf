namespace Lem.Measurement.Energy;

/// <summary>How often a GPU's power sensor has a new value (U), and of what time that value is the mean (W).</summary>
/// <remarks>Part-time power measurements, arXiv 2312.02741 (70 GPUs measured); NVIDIA's nvml.h for the one-second averages.</remarks>
/// <param name="AveragingWindow">Null = not known for this chip.</param>
readonly record struct SensorTiming(TimeSpan? UpdatePeriod, TimeSpan? AveragingWindow)
{
    // First match wins, so that longer names stand before their beginnings.
    static readonly (string Name, int UpdateMs, int? WindowMs, bool AveragesSecond)[] Chips =
    [
        ("RTX A", 100, 100, true),
        ("A100", 100, 25, false),
        ("A30", 100, 25, false),
        ("H100", 100, 25, true),
        ("V100", 20, 10, false),
        ("P100", 20, 10, false),
        ("Quadro RTX 8000", 100, 20, false),
        ("TITAN RTX", 100, 100, false),
        ("GTX 1080", 20, 10, false),
        ("M40", 31, 14, false),
        ("K20", 15, null, false),
        ("K40", 15, null, false),
        ("K80", 15, null, false),
        ("RTX 30", 100, 100, true),
        ("RTX 40", 100, 100, true),
        ("Ada", 100, 100, true),
        ("L40", 100, 100, true),
        ("L4", 100, 100, true),
        ("A10", 100, 100, true),
        ("A40", 100, 100, true),
    ];

    /// <summary>Timing of the value of field 186.</summary>
    public static SensorTiming Instant(string? gpuName) =>
        Find(gpuName) is { } chip ? new(TimeSpan.FromMilliseconds(chip.UpdateMs), chip.WindowMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null) : default;

    /// <summary>Timing of field 185: the mean of a second wherever it is offered.</summary>
    public static SensorTiming Average(string? gpuName) => new(Instant(gpuName).UpdatePeriod, TimeSpan.FromSeconds(1));

    /// <summary>Timing of <c>nvmlDeviceGetPowerUsage</c>: a second's mean on Ampere without GA100 and newer, else as field 186.</summary>
    public static SensorTiming Usage(string? gpuName) => Find(gpuName) is { AveragesSecond: true } ? Average(gpuName) : Instant(gpuName);

    static (string Name, int UpdateMs, int? WindowMs, bool AveragesSecond)? Find(string? gpuName)
    {
        foreach (var chip in Chips)
            if (gpuName?.Contains(chip.Name, StringComparison.OrdinalIgnoreCase) ?? false)
                return chip;
        return null;
    }
}

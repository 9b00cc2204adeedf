using Lem.Measurement.Nvml;

namespace Lem.Cli.Metering;

/// <summary>Why a GPU's clocks are what they are, in words (<c>nvmlClocksEventReason*</c> of nvml.h).</summary>
static class ClockReasons
{
    static readonly (ulong Bit, string Words)[] Known =
    [
        (0x1, "idle"),
        (0x2, "set clocks"),
        (ThrottleBits.SoftwarePowerCap, "power cap"),
        (ThrottleBits.HardwareSlowdown, "hardware slowdown"),
        (0x10, "sync boost"),
        (ThrottleBits.SoftwareThermal, "heat (driver)"),
        (ThrottleBits.HardwareThermal, "heat (hardware)"),
        (ThrottleBits.PowerBrake, "power brake"),
        (0x100, "display"),
    ];

    /// <summary>Empty where nothing holds the clocks back; null where the driver does not tell.</summary>
    public static IReadOnlyList<string>? Of(ulong? bits)
    {
        if (bits is not { } set)
            return null;
        var words = Known.Where(known => (set & known.Bit) != 0).Select(known => known.Words).ToList();
        var rest = Known.Aggregate(set, (left, known) => left & ~known.Bit);
        return rest == 0 ? words : [.. words, $"0x{rest:x}"];
    }
}

namespace Lem.Measurement.Nvml;

/// <summary>Bits of the clocks-event reasons (<c>nvmlClocksEventReason*</c> of nvml.h) that mean slower than asked.</summary>
public static class ThrottleBits
{
    /// <summary>At the power limit: where many cards live by design.</summary>
    public const ulong SoftwarePowerCap = 0x4;

    /// <summary>Slowed by hardware; alone, the cause is unknown.</summary>
    public const ulong HardwareSlowdown = 0x8;

    public const ulong SoftwareThermal = 0x20;

    public const ulong HardwareThermal = 0x40;

    public const ulong PowerBrake = 0x80;

    /// <summary>Slowed for heat, by the driver or by the hardware.</summary>
    public const ulong Thermal = SoftwareThermal | HardwareThermal;
}

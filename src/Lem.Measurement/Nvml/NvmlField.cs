namespace Lem.Measurement.Nvml;

/// <summary>Identifiers of <c>nvmlDeviceGetFieldValues</c> (<c>NVML_FI_DEV_*</c> of nvml.h) that we read.</summary>
public enum NvmlField : uint
{
    /// <summary>Time held below the clocks by the power policy, ns; the same as "software power cap".</summary>
    PerfPolicyPower = 74,

    /// <summary>Energy since the driver was loaded, mJ.</summary>
    TotalEnergy = 83,

    /// <summary>Power averaged over one second, mW; Ampere without GA100, and newer.</summary>
    PowerAverage = 185,

    /// <summary>Power at the sensor's last update, mW.</summary>
    PowerInstant = 186,

    /// <summary>Time slowed down by the driver for heat, ns.</summary>
    SoftwareThermalSlowdown = 269,

    /// <summary>Time slowed down by the hardware for heat, ns.</summary>
    HardwareThermalSlowdown = 270,

    /// <summary>Time slowed down by the external power brake, ns.</summary>
    HardwarePowerBrake = 271,
}

using Lem.Core.Units;

namespace Lem.Core.Results.Raw;

/// <summary>Energy of one device over the measured window.</summary>
/// <param name="Device"><c>gpu:&lt;uuid&gt;</c>, <c>cpu:&lt;n&gt;</c>, <c>dram:&lt;n&gt;</c>.</param>
/// <param name="RawJ">Gross, as measured.</param>
/// <param name="AdjustedJ">Gross − context-idle power × window; may be negative.</param>
/// <param name="AdjustedDriverIdleJ">Gross − driver-idle power × window; may be negative.</param>
/// <param name="CalibratedJ">With the gain and offset of a calibration of this device, beside the raw value.</param>
/// <param name="CalibratedUncertaintyJ">Half width of the 95 % band of <paramref name="CalibratedJ"/>: readings, edges and the fit.</param>
/// <param name="BaselinePowerW">The context-idle power that was subtracted.</param>
/// <param name="UncertaintyJ">Half width of the 95 % band of <paramref name="RawJ"/>: sensor, edges, alias.</param>
/// <param name="SystematicJ">± the vendor's tolerance of the sensor (NVIDIA states 5 %): no repetition averages it away, and it is in no interval.</param>
/// <param name="AdjustedUncertaintyJ">The same for <paramref name="AdjustedJ"/>, the baseline's variance included.</param>
/// <param name="Reason">Why <paramref name="RawJ"/> is null.</param>
/// <param name="AdjustedReason">Why <paramref name="AdjustedJ"/> is null.</param>
/// <param name="CounterJ">By the cumulative counter alone, where there is one.</param>
/// <param name="IntegralJ">By integrated power alone, where there is power.</param>
/// <param name="CounterNearestJ">Plain difference of the counter's last reads at or before the window's edges, without any correction: to judge <paramref name="CounterJ"/> by.</param>
/// <param name="PrefillJ">Of the stretches in which prompts were computed, where phases are known exactly.</param>
public sealed record DomainEnergyRecord(
    EnergyDomain Domain,
    string Device,
    Joules? RawJ,
    Joules? AdjustedJ = null,
    Joules? AdjustedDriverIdleJ = null,
    Joules? CalibratedJ = null,
    Watts? BaselinePowerW = null,
    EnergyMethod? Method = null,
    string? Quality = null,
    Joules? UncertaintyJ = null,
    Joules? AdjustedUncertaintyJ = null,
    string? Reason = null,
    string? AdjustedReason = null,
    Joules? CounterJ = null,
    Joules? IntegralJ = null,
    Joules? PrefillJ = null,
    Joules? DecodeJ = null,
    Joules? SystematicJ = null,
    Joules? CalibratedUncertaintyJ = null,
    Joules? CounterNearestJ = null);

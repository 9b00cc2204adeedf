namespace Lem.Core.Results;

/// <summary>What held the clocks back during the window. A field is null where no GPU tells.</summary>
/// <param name="Detected">Any thermal or power-brake slowdown at or above 1 % of the window.</param>
/// <param name="Band">negligible, note, warning, invalid (measurement.md: below 1 %, 10 %, 50 %, and above).</param>
/// <param name="Method">time_counters, violation_status, reason_bits.</param>
/// <param name="ThermalFraction">Share of the window slowed by heat, 0–1.</param>
/// <param name="PowerBrakeFraction">Share of the window slowed by the external power brake, 0–1.</param>
/// <param name="PowerCappedFraction">Share of the window at the power limit, 0–1: information, not a fault.</param>
/// <param name="ThrottleTimestamps">Seconds since window open at which a slowdown was seen.</param>
public sealed record ThermalThrottleInfo(
    bool? Detected = null,
    bool? Thermal = null,
    bool? Power = null,
    bool? SwThermal = null,
    bool? HwThermal = null,
    bool? HwPower = null,
    bool? HwSlowdown = null,
    string? Band = null,
    string? Method = null,
    double? ThermalFraction = null,
    double? PowerBrakeFraction = null,
    double? PowerCappedFraction = null,
    double? ThrottleDurationSec = null,
    double? MaxTemperatureC = null,
    double? TemperatureRiseC = null,
    IReadOnlyList<double>? ThrottleTimestamps = null,
    string? Reason = null);

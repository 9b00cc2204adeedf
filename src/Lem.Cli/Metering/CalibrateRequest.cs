namespace Lem.Cli.Metering;

/// <summary>What <c>lem calibrate</c> is asked to fit.</summary>
/// <param name="Offset">Seconds to add to the meter's time; null = found.</param>
sealed record CalibrateRequest(string? Meter, string? Samples, string? Device, string? Column, double? Offset, bool DryRun);

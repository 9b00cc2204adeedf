using Lem.Core.Units;

namespace Lem.Measurement.Energy.Baselines;

/// <summary>Driver-idle power of one device, as it was measured and settled.</summary>
/// <param name="Key">What it holds for (<see cref="BaselineKey"/>).</param>
/// <param name="VarianceW2">Variance of the mean power, W².</param>
/// <param name="MeasuredAt">UTC at the end of the stretch.</param>
sealed record BaselineEntry(string Key, string Device, Watts PowerW, double VarianceW2, int Samples, double DurationSec, DateTimeOffset MeasuredAt);

using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Arrivals;

/// <summary>
/// A rate that changes in a straight line and then stays. The n-th request comes when the integral of the rate is n: nothing is drawn, because
/// a ramp looks for the rate at which something gives way, and chance would blur it.
/// </summary>
sealed class RampRate(RampConfig ramp)
{
    readonly double _slope = (ramp.ToQps - ramp.FromQps) / ramp.DurationSec;

    // Requests within the ramp.
    readonly double _within = (ramp.FromQps + ramp.ToQps) / 2 * ramp.DurationSec;

    /// <summary>Most requests that ever come; null = as many as are wanted.</summary>
    public int? Most => ramp.ToQps > 0 ? null : (int)Math.Min(int.MaxValue, _within);

    /// <summary>
    /// Seconds until the n-th request, counted from one: where a·t + ½·s·t² = n for start rate a and slope s; behind the ramp at its last rate.
    /// </summary>
    public double Seconds(int n) => n > _within
        ? ramp.DurationSec + ((n - _within) / ramp.ToQps)
        : 2 * n / (ramp.FromQps + Math.Sqrt(Math.Max(0, (ramp.FromQps * ramp.FromQps) + (2 * _slope * n))));
}

namespace Lem.Measurement.Energy;

/// <summary>One look at one channel, between two monotonic stamps.</summary>
/// <param name="Before">Stamp just before the device was asked (<see cref="TimeProvider.GetTimestamp"/>).</param>
/// <param name="After">Stamp just after it answered.</param>
/// <param name="EnergyJoules">The counter since any fixed instant; NaN where the channel has none.</param>
/// <param name="PowerWatts">Power as the sensor tells it; NaN where the channel has none.</param>
/// <param name="Failure">Why neither is there: a gap, never a zero.</param>
public readonly record struct EnergyReading(long Before, long After, double EnergyJoules, double PowerWatts, ReadFailure Failure = ReadFailure.None);

namespace Lem.Measurement.Energy;

/// <summary>One line of <c>timeseries.csv</c>: one device at one instant. NaN and null are written as nothing.</summary>
/// <param name="Stamp">Monotonic stamp of the reading, by which the runner knows the phase.</param>
/// <param name="Seconds">Since the experiment began.</param>
/// <param name="EnergyJoules">Counter minus its first value.</param>
public readonly record struct TimeSeriesRow(
    long Stamp,
    double Seconds,
    string Device,
    double PowerWatts,
    double EnergyJoules,
    GpuSample Gpu);

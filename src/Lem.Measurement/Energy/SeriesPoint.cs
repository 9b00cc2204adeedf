namespace Lem.Measurement.Energy;

/// <summary>One reading as physics sees it.</summary>
/// <param name="AtSeconds">Middle of the read, since the trace's origin.</param>
/// <param name="HalfWidthSeconds">The value belongs to an instant within ± this.</param>
/// <param name="EnergyJoules">Counter; NaN where none.</param>
/// <param name="PowerWatts">Power; NaN where none.</param>
/// <param name="Folded">Readings this one stands for: power is their mean, the rest is the last one's.</param>
public readonly record struct SeriesPoint(
    double AtSeconds,
    double HalfWidthSeconds,
    double EnergyJoules,
    double PowerWatts,
    ReadFailure Failure = ReadFailure.None,
    int Folded = 1);

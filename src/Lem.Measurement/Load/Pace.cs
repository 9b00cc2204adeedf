namespace Lem.Measurement.Load;

/// <summary>Holds the calling thread until a stamp of the monotonic clock, or until it is stopped.</summary>
public delegate void Pace(long due, CancellationToken stop);

using Lem.Measurement.Energy;

namespace Lem.Measurement.Programs;

/// <summary>How a program is measured.</summary>
/// <param name="Baseline">Length of the idle stretch before it, and after it; null = none.</param>
/// <param name="SampleInterval">Time between rows handed to <paramref name="Sample"/>.</param>
/// <param name="Sample">Takes every row of the time series, with its phase: idle, measure or settle. Called once a second and at the end.</param>
public sealed record ProgramOptions(string LemVersion, TimeSpan? Baseline, TimeSpan SampleInterval, Action<TimeSeriesRow, string>? Sample = null);

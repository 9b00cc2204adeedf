namespace Lem.Measurement.Energy;

/// <summary>A load repeated itself, and its power with it.</summary>
/// <param name="PeriodSeconds">With this period.</param>
/// <param name="LastsSeconds">For so long.</param>
public readonly record struct LoadPeriod(double PeriodSeconds, double LastsSeconds);

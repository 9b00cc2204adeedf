using Lem.Core.Results;

namespace Lem.Tests.Shared.Nvml;

/// <summary>What one window's measurement said, beside the truth.</summary>
/// <param name="NaiveJoules">By the common recipe: nvmlDeviceGetPowerUsage every 100 ms within the window, trapezoids.</param>
/// <param name="NearestJoules">By the common recipe for counters: the last reads at or before the edges; null without a counter.</param>
sealed record SensorOutcome(
    double TrueJoules, double Joules, double UncertaintyJoules, double AliasRisk, EnergyMethod Method, double NaiveJoules, double? NearestJoules)
{
    public double Error => (Joules / TrueJoules) - 1;

    public double NaiveError => (NaiveJoules / TrueJoules) - 1;

    public double? NearestError => (NearestJoules / TrueJoules) - 1;

    public bool Contained => Math.Abs(Joules - TrueJoules) <= UncertaintyJoules;
}

using Lem.Core.Units;

namespace Lem.Core.Results.Raw;

/// <summary>The steady part of the window as the measuring side found it; what was generated in it follows from the request lines.</summary>
/// <param name="Policy">full_batches, closed_loop, open_loop_mser5.</param>
/// <param name="StartS">Seconds since window open; null where there is no steady part.</param>
/// <param name="EnergyJ">Of the devices in the window's total.</param>
/// <param name="Reason">Why there is no steady part, or why its energy is not known.</param>
public sealed record RawSteadyState(string Policy, double? StartS, double? EndS, Joules? EnergyJ, string? Reason);

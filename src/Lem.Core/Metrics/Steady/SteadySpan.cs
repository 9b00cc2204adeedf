namespace Lem.Core.Metrics.Steady;

/// <summary>The steady part of a window, or why there is none.</summary>
/// <param name="Policy">full_batches, closed_loop, open_loop_mser5.</param>
/// <param name="StartS">Seconds since window open; null with <paramref name="Reason"/>.</param>
public sealed record SteadySpan(string Policy, double? StartS, double? EndS, string? Reason)
{
    public static SteadySpan None(string policy, string reason) => new(policy, null, null, reason);
}

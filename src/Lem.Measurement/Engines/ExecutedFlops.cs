namespace Lem.Measurement.Engines;

/// <summary>FLOP the kernels executed, counted by the engine itself; null with <paramref name="Reason"/> where it cannot count them.</summary>
/// <param name="Prefill">Up to each first output token.</param>
/// <param name="Decode">From each second output token on.</param>
public sealed record ExecutedFlops(double? Prefill, double? Decode, string? Reason)
{
    public static ExecutedFlops None(string reason) => new(null, null, reason);
}

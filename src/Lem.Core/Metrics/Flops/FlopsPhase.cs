namespace Lem.Core.Metrics.Flops;

/// <summary>FLOP of one phase.</summary>
/// <param name="Useful">Causal and unpadded: what the answers needed.</param>
/// <param name="Executed">What the kernels did for it: rectangles, padded key-value caches, pad tokens.</param>
public readonly record struct FlopsPhase(double Useful, double Executed)
{
    public static FlopsPhase operator +(FlopsPhase left, FlopsPhase right) =>
        new(left.Useful + right.Useful, left.Executed + right.Executed);
}

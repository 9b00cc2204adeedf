namespace Lem.Core.Metrics.Flops;

/// <summary>FLOP of the forward passes of a workload.</summary>
/// <param name="Useful">Causal and unpadded: the headline <c>flops_total</c>.</param>
/// <param name="Executed">
/// What the kernels did: rectangles, padded key-value caches, pad tokens. Below <paramref name="Useful"/> only where an engine leaves out work
/// nobody looks at (<see cref="ExecutionShape.EndsAtOutputs"/>).
/// </param>
/// <param name="Prefill">Up to the first output token, the encoder included.</param>
/// <param name="Decode">From the second output token on.</param>
/// <param name="UsefulPerToken">Useful FLOP ÷ all tokens (input and output), or null without tokens.</param>
/// <param name="Reason">Why no better method served, or what the estimate leaves out; null where there is nothing to say.</param>
public sealed record FlopsEstimate(
    double Useful,
    double Executed,
    FlopsPhase Prefill,
    FlopsPhase Decode,
    double? UsefulPerToken,
    FlopsMethod Method,
    FlopsConfidence Confidence,
    string? Reason = null);

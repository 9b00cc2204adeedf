namespace Lem.Core.Results.Raw;

/// <summary>Floating-point operations of one process's window: a multiply-add counts two.</summary>
/// <param name="Useful">Causal and unpadded: what the answer needed.</param>
/// <param name="Executed">What the kernels did, padding included.</param>
/// <param name="Method">traced, architecture, parameters.</param>
/// <param name="Confidence">high, medium, low.</param>
/// <param name="Reason">Why a stronger method did not serve, or why there is none.</param>
public sealed record FlopsRecord(
    double? Useful,
    double? Executed,
    double? PrefillUseful,
    double? DecodeUseful,
    double? PrefillExecuted,
    double? DecodeExecuted,
    string? Method,
    string? Confidence,
    string? Reason);

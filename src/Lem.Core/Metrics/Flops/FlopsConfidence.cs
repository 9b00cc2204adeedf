namespace Lem.Core.Metrics.Flops;

/// <summary>How far a number of FLOP can be trusted: high = traced, medium = architecture, low = parameters.</summary>
public enum FlopsConfidence
{
    High,
    Medium,
    Low,
}

namespace Lem.Core.Statistics;

/// <summary>What a warm-up should do next.</summary>
public enum WarmupState
{
    Continue,
    Converged,
    MaxPrompts,
    Timeout,
}

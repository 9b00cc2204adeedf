namespace Lem.Core.Metrics.Flops;

/// <summary>How a number of FLOP was found.</summary>
public enum FlopsMethod
{
    /// <summary>Counted by the engine in a pass of its own.</summary>
    Traced,

    /// <summary>From the model's dimensions, layer by layer.</summary>
    Architecture,

    /// <summary>Two per parameter and token.</summary>
    Parameters,
}

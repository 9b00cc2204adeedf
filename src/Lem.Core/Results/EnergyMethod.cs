namespace Lem.Core.Results;

/// <summary>How an energy was had, the strongest first: a sum is as good as its weakest part.</summary>
public enum EnergyMethod
{
    /// <summary>Difference of a cumulative hardware counter.</summary>
    Counter,

    /// <summary>Sampled power, integrated over time.</summary>
    Integrated,

    /// <summary>A model of the hardware, not a sensor.</summary>
    Estimated,
}

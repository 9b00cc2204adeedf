namespace Lem.Measurement.Energy;

/// <summary>How an energy came about, from the strongest to the weakest; a sum is as weak as its weakest part.</summary>
public enum EnergyMethod
{
    /// <summary>Difference of a device's own energy counter.</summary>
    Counter,

    /// <summary>Integral of measured power.</summary>
    Integrated,

    /// <summary>A model of the device, no measurement.</summary>
    Estimated,
}

namespace Lem.Measurement.Load.Prompts;

/// <summary>How the lengths of synthetic prompts or outputs spread.</summary>
public enum TokenLengthShape
{
    Fixed,
    Uniform,
    Normal,
    LogNormal,
}

namespace Lem.Core.Results.Comparison;

/// <summary>What a test found. There is no "equal": what a test does not find may still be there.</summary>
public enum ComparisonVerdict
{
    /// <summary>No test was possible: the reason says why.</summary>
    NotTested,

    /// <summary>These cycles cannot tell the two apart.</summary>
    CannotTell,

    /// <summary>The subject's figure is lower than the reference's.</summary>
    Lower,

    /// <summary>The subject's figure is higher than the reference's.</summary>
    Higher,
}

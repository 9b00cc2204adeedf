namespace Lem.Core.Results;

/// <summary>How much a <see cref="Finding"/> weighs: <c>Invalid</c> means not fit for comparison.</summary>
public enum FindingSeverity
{
    Info,
    Warning,
    Invalid,
}

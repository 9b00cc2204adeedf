namespace Lem.Tests.Architecture;

/// <summary>One type (or project) uses another. Types are full names of the outermost type, so that a state machine counts as its author.</summary>
sealed record Reference(string From, string To)
{
    public override string ToString() => $"{From} uses {To}";
}

namespace Lem.Core;

/// <summary>The machine or another program failed: what failed, and in <see cref="Hint"/> what to do about it.</summary>
public sealed class LemException(string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the user can do about it, as a sentence.</summary>
    public string Hint { get; } = hint;
}

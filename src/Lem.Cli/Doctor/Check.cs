namespace Lem.Cli.Doctor;

/// <summary>One thing looked at on the machine.</summary>
/// <param name="Name">What was looked at, in a word or two.</param>
/// <param name="Message">What was found, and what it means for a measurement.</param>
/// <param name="Fix">What to do about it; null where there is nothing to do.</param>
sealed record Check(string Name, CheckStatus Status, string Message, string? Fix = null);

namespace Lem.Measurement.Programs;

/// <summary>The program could not be started; nothing was measured.</summary>
/// <param name="exitCode">What a shell would answer: 126 or 127.</param>
public sealed class ProgramStartException(int exitCode, string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do about it.</summary>
    public string Hint { get; } = hint;
}

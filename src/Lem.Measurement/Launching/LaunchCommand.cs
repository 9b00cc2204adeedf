namespace Lem.Measurement.Launching;

/// <summary>A program and what it is given. Never a shell's string.</summary>
/// <param name="Arguments">The program first.</param>
/// <param name="Environment">Beside what it inherits; null removes a variable.</param>
/// <param name="Name">What its users call it, where another program starts it; null = the first argument.</param>
public sealed record LaunchCommand(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Environment, string? Folder = null, string? Name = null)
{
    /// <summary>The program and its arguments as a person types them into a shell.</summary>
    public string Line => string.Join(' ', Arguments.Select(Quoted));

    static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "%+,-./:=@_".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

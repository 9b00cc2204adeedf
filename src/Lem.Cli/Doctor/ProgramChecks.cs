namespace Lem.Cli.Doctor;

/// <summary>Programs that other engines need.</summary>
static class ProgramChecks
{
    static readonly (string Name, string Use)[] Uses =
    [
        ("python3", "engines in Python, in a later version"),
    ];

    public static IEnumerable<Check> Of(IReadOnlyDictionary<string, string?> programs) =>
        Uses.Select(program => new Check(program.Name, CheckStatus.Info, $"{programs.GetValueOrDefault(program.Name) ?? "not found"} (for {program.Use})"));
}

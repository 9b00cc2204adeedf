namespace Lem.Measurement.Launching.Containers;

/// <summary>A service of a compose file, and the words by which docker is told what to do with it.</summary>
/// <param name="File">The compose file.</param>
/// <param name="Project">The project its container is in; null = the file's own, as for anybody who names no other.</param>
/// <param name="Additions">A second file, with what lem adds to it.</param>
public sealed record ComposeService(string File, string Service, string? Project = null, string? Additions = null)
{
    IEnumerable<string> Compose =>
    [
        "compose", "-f", File,
        .. Additions is null ? (string[])[] : ["-f", Additions],
        .. Project is null ? (string[])[] : ["-p", Project],
    ];

    /// <summary>The file as docker understands it, as JSON.</summary>
    public IReadOnlyList<string> Config => [.. Compose, "config", "--format", "json"];

    /// <summary>Id of its running container; empty where none runs.</summary>
    public IReadOnlyList<string> RunningContainer => [.. Compose, "ps", "-q", Service];

    /// <summary>Brings it up with what it depends on. Nothing is fetched and nothing is built: that takes long, and is the user's to decide.</summary>
    public IReadOnlyList<string> Up => [.. Compose, "up", "-d", "--no-build", "--pull", "never", Service];

    public IReadOnlyList<string> LastLines => [.. Compose, "logs", "--no-color", "--no-log-prefix", "--tail", "12", Service];

    /// <summary>Runs a program in its container.</summary>
    /// <param name="variables">Names; docker takes the values from its own environment, so that none stands on a command line.</param>
    public IReadOnlyList<string> Exec(IReadOnlyList<string> program, IEnumerable<string>? variables = null, string? folder = null) =>
    [
        .. Compose, "exec", "-T",
        .. (variables ?? []).SelectMany(name => (string[])["-e", name]),
        .. folder is null ? (string[])[] : ["-w", folder],
        Service, .. program,
    ];

    /// <summary>Ends every container of a project, and removes what was made for them. Needs no compose file.</summary>
    public static IReadOnlyList<string> Down(string project) => ["compose", "-p", project, "down", "--volumes", "--remove-orphans", "--timeout", "10"];
}

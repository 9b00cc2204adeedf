namespace Lem.Measurement.Programs;

/// <summary>A program to run: what was typed, and the file it stands for.</summary>
/// <param name="Words">Name and arguments, never looked at by a shell.</param>
/// <param name="File">Path of the executable.</param>
public sealed record ProgramCommand(IReadOnlyList<string> Words, string File)
{
    /// <summary>Exit code of env(1), timeout(1) and shells for a command that is not there.</summary>
    public const int NotFound = 127;

    /// <summary>The same for one that is there and cannot be executed.</summary>
    public const int NotExecutable = 126;

    const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// Finds a program as execvp(3) does: a name with a slash is a path, any other is looked for in the folders of the search path alone.
    /// (<c>Process.Start</c> would look beside lem and in the working directory first.)
    /// </summary>
    /// <param name="path">Value of PATH.</param>
    /// <exception cref="ProgramStartException">There is none, or none that can be executed.</exception>
    public static ProgramCommand Find(IReadOnlyList<string> words, string? path, string workingDirectory)
    {
        var name = words[0];
        var candidates = name.Contains('/', StringComparison.Ordinal)
            ? [Path.Combine(workingDirectory, name)]
            : (path ?? "").Split(':').Select(folder => Path.Combine(workingDirectory, folder, name));
        string? blocked = null;
        foreach (var file in candidates)
        {
            if (System.IO.File.Exists(file) && IsExecutable(file))
                return new(words, file);
            if (System.IO.File.Exists(file) || Directory.Exists(file))
                blocked ??= file;
        }

        throw blocked is null
            ? new ProgramStartException(NotFound, $"{name}: command not found", "It is looked for in PATH; give a path such as ./program for a file elsewhere. Shell words need a shell: lem measure -- sh -c '…'.")
            : new ProgramStartException(NotExecutable, $"{name}: {blocked} is there, but cannot be executed", "Give it execute permission (chmod +x), or name the program that runs it.");
    }

    static bool IsExecutable(string file)
    {
        try
        {
            return OperatingSystem.IsWindows() || (System.IO.File.GetUnixFileMode(file) & Executable) != 0;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

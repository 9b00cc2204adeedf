using Lem.Core;

namespace Lem.Measurement.Launching;

/// <summary>Finds programs as the kernel will: by their path, or by name in the folders of <c>PATH</c>. Nothing is started to find out.</summary>
/// <param name="path">The value of <c>PATH</c>.</param>
public sealed class ProgramPath(string? path)
{
    const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>This process's own.</summary>
    public static ProgramPath Own => new(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Whole path of a program that can be started, or null.</summary>
    /// <param name="folder">What a relative path counts from; null = the working directory.</param>
    public string? Find(string program, string? folder = null)
    {
        var files = program.Contains('/', StringComparison.Ordinal)
            ? [program]
            : (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(at => Path.Combine(at, program));
        return files.Select(file => Path.GetFullPath(file, folder ?? Environment.CurrentDirectory)).FirstOrDefault(IsExecutable);
    }

    /// <summary>That a program is not there.</summary>
    public static LemException Missing(string program) => new(
        $"there is no program {program}",
        program.Contains('/', StringComparison.Ordinal)
            ? "Check its path, and that it is executable; a relative one counts from the folder that the experiment was begun in."
            : "It is in no folder of PATH: install it, activate its environment, or give its whole path.");

    static bool IsExecutable(string file)
    {
        try
        {
            return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

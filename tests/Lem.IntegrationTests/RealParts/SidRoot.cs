using System.Diagnostics;
using Lem.Tests.Shared;

namespace Lem.IntegrationTests.RealParts;

/// <summary>
/// The Debian sid root file system that <c>eng/test-root.sh</c> makes and <c>LEM_SID_ROOT</c> names: other people's programs to
/// check ours against. Files brought into it live until it is disposed.
/// </summary>
sealed class SidRoot : IDisposable
{
    readonly string _root;
    readonly string _folder;

    SidRoot(string root)
    {
        _root = root;
        _folder = Directory.CreateDirectory(Path.Combine(root, "tmp", $"lem-{Guid.NewGuid():n}")).FullName;
    }

    /// <summary>The root, or a skipped (under LEM_REQUIRE_ALL=1 a failed) test.</summary>
    public static SidRoot Require()
    {
        var root = Environment.GetEnvironmentVariable("LEM_SID_ROOT");
        Parts.Require(Directory.Exists(root), "Debian sid root", "make it with LEM_SID_ROOT=\"$(eng/test-root.sh)\" and export that");
        Parts.Require(Environment.IsPrivilegedProcess, "the right to chroot", "run the tests as root");
        return new SidRoot(root);
    }

    /// <summary>A folder of this machine that lies in the root, for what a test shares with its programs.</summary>
    public string Folder => _folder;

    /// <summary>What something of this machine that lies in the root is called in there.</summary>
    public string NameOf(string path) => $"/{Path.GetRelativePath(_root, path)}";

    /// <summary>Copies a file into the root and gives its path in there.</summary>
    public string Bring(string path)
    {
        var copy = Path.Combine(_folder, Path.GetFileName(path));
        File.Copy(path, copy, overwrite: true);
        return NameOf(copy);
    }

    /// <summary>The command line that runs a program of the root.</summary>
    public string[] Command(string program, params IEnumerable<string> arguments) => ["chroot", _root, program, .. arguments];

    /// <summary>Runs a program of the root to its end.</summary>
    public async Task<FinishedProgram> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("chroot", [_root, program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The machine's own settings (a virtual environment, a library path) mean nothing in there.
            Environment = { ["PYTHONPATH"] = null, ["LD_LIBRARY_PATH"] = null, ["LC_ALL"] = "C.UTF-8" },
        })!; // Null only with UseShellExecute.
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new FinishedProgram(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Whether a process still runs that was given a file of <see cref="Folder"/>: other tests' programs are none of ours.</summary>
    public bool IsUsed() => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) && File.ReadAllText(Path.Combine(process, "cmdline")).Contains(NameOf(_folder), StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended in the meantime.
            return false;
        }
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

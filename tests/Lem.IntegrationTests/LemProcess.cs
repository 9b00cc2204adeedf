using System.Diagnostics;
using System.Runtime.InteropServices;
using Lem.Tests.Shared;

namespace Lem.IntegrationTests;

/// <summary>
/// The real lem as a process of its own, in a working folder of its own: the build's, or the published file that <c>LEM_TEST_PROGRAM</c> names by its whole path.
/// </summary>
sealed partial class LemProcess : IDisposable
{
    static readonly string Program = Environment.GetEnvironmentVariable("LEM_TEST_PROGRAM") is { Length: > 0 } published
        ? published
        : Path.Combine(AppContext.BaseDirectory, "lem");

    public LemProcess()
    {
        Folder = Directory.CreateTempSubdirectory("lem-process").FullName;
        Parts.Require(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "llama")), "embedded llama.cpp", "the build installs it with npm");
    }

    readonly List<Process> _started = [];

    public string Folder { get; }

    public string Results => Path.Combine(Folder, "results");

    /// <summary>Variables beside the inherited ones.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Runs lem to its end.</summary>
    public async Task<(int ExitCode, string Out, string Error)> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        return await EndAsync(Start(args), cancellationToken);
    }

    public Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Program, args)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("lem did not start");
        _started.Add(process);
        return process;
    }

    public static async Task<(int ExitCode, string Out, string Error)> EndAsync(Process process, CancellationToken cancellationToken)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public static void Interrupt(Process process)
    {
        if (Kill(process.Id, signal: 2) != 0 && !process.HasExited)
            throw new InvalidOperationException("lem could not be signalled");
    }

    /// <summary>Ends what a failed test left running: a forgotten lem would take the processors from all that follow.</summary>
    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}

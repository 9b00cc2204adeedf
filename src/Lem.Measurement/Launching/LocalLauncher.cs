using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Lem.Core;

namespace Lem.Measurement.Launching;

/// <summary>Starts programs on this machine, each as the leader of a group of its own.</summary>
/// <remarks>
/// <c>setsid</c> makes the group; <c>setpriv --pdeathsig KILL</c> ends the leader when the thread that started it ends, which therefore lives as long; and a guard that reads
/// from a pipe of ours ends the whole group when the pipe breaks: after <c>kill -9</c> of lem nothing is left.
/// </remarks>
/// <param name="entry">Where a child is entered.</param>
public sealed class LocalLauncher(RunEntry entry, TimeProvider time) : ILauncher
{
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    // Constant; the group is an argument. Without "--" before it: dash takes that for a number, and ends nothing.
    internal const string GuardScript = "while read -r _; do :; done; kill -KILL \"-$0\"";

    public string? ImageDigest => null;

    public Task<int> ChoosePortAsync(int wanted, CancellationToken cancellationToken) => Task.FromResult(LoopbackPort.Choose(wanted));

    public async Task<EngineProcess> StartAsync(LaunchCommand command, CancellationToken cancellationToken)
    {
        if (ProgramPath.Own.Find(command.Arguments[0], command.Folder) is null)
            throw ProgramPath.Missing(command.Arguments[0]);
        var log = new LogTail();
        var started = new TaskCompletionSource<ProcessIdentity>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Live(command, log, started, ended)) { IsBackground = true, Name = "lem engine" }.Start();
        var leader = await started.Task;
        var group = new ProcessGroup(leader);
        Process? guard = null;
        var isEntered = false;
        var process = new EngineProcess(log, ended.Task, signal => Task.FromResult(group.Signal(signal)), () => ReleaseAsync(guard), time);
        try
        {
            // The guard first: what is not entered yet, or cannot be, is not left behind either.
            guard = Guard(leader.Pid);
            entry.AddChild(leader.Pid);
            isEntered = true;
            return process;
        }
        finally
        {
            if (!isEntered)
                await process.DisposeAsync();
        }
    }

    // On a thread that lives as long as the program.
    static void Live(LaunchCommand command, LogTail log, TaskCompletionSource<ProcessIdentity> started, TaskCompletionSource<int> ended)
    {
        try
        {
            using var process = new Process { StartInfo = StartInfo(command) };
            process.Start();
            Task[] readers = [ReadAsync(process.StandardOutput, log), ReadAsync(process.StandardError, log)];
            // One that has ended already has no start: whoever has its number then is another.
            started.SetResult(ProcessIdentity.Of(process.Id) ?? new(process.Id, -1));

            // Its helpers may hold the pipes after its end; its own last words are there at once.
            process.WaitForExit(int.MaxValue);
            Task.WaitAll(readers, LastWords);
            ended.SetResult(process.ExitCode);
        }
        catch (Win32Exception e)
        {
            started.TrySetException(new LemException($"{command.Arguments[0]} cannot be started: {e.Message}", "Install util-linux (setsid, setpriv).", e));
        }
    }

    static ProcessStartInfo StartInfo(LaunchCommand command)
    {
        var info = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.Folder ?? "",
        };
        foreach (var argument in ProgramPath.Own.Find("setpriv") is null ? command.Arguments : ["setpriv", "--pdeathsig", "KILL", "--", .. command.Arguments])
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment)
            info.Environment[name] = value;
        return info;
    }

    static Process Guard(int group)
    {
        var info = new ProcessStartInfo("setsid") { RedirectStandardInput = true };
        foreach (var argument in (string[])["sh", "-c", GuardScript, group.ToString(CultureInfo.InvariantCulture)])
            info.ArgumentList.Add(argument);
        return Process.Start(info)!; // null only with UseShellExecute
    }

    // Before its pipe breaks: there is nothing left to guard.
    static ValueTask ReleaseAsync(Process? guard)
    {
        guard?.Kill(entireProcessTree: true);
        guard?.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static async Task ReadAsync(StreamReader output, LogTail log)
    {
        while (await output.ReadLineAsync() is { } line)
            log.Add(line);
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Lem.Measurement.Programs;

/// <summary>Runs a program with this process's own standard streams, environment and folder, until it has ended by itself.</summary>
public sealed class ProgramRun(ProgramCommand command, SignalRelay signals, TimeProvider time)
{
    // errno of a file that is not there; others (EACCES, ENOEXEC) mean that it cannot be executed.
    const int NoSuchFile = 2;

    /// <exception cref="ProgramStartException">The system refused to start it.</exception>
    public async Task<ProgramEnd> RunAsync()
    {
        var start = new ProcessStartInfo(command.File) { UseShellExecute = false };
        foreach (var argument in command.Words.Skip(1))
            start.ArgumentList.Add(argument);
        var before = ChildResources.Now();
        var open = time.GetTimestamp();
        using var process = Start(start);
        signals.Follow(process.Id);
        using var self = Process.GetCurrentProcess();
        var ownPeak = self.PeakWorkingSet64;

        // Never cancelled: whoever asks lem to stop asks the program, and its end is waited for.
        await process.WaitForExitAsync(CancellationToken.None);
        var close = time.GetTimestamp();
        signals.Follow(pid: null);
        return new(open, close, process.ExitCode, ChildResources.Between(before, ChildResources.Now(), time.GetElapsedTime(open, close), ownPeak));
    }

    Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("a file name gives a process or an exception");
        }
        catch (Win32Exception e)
        {
            throw e.NativeErrorCode == NoSuchFile
                ? new ProgramStartException(ProgramCommand.NotFound, $"{command.Words[0]}: {command.File} cannot be started: {e.Message}", "If it is a script, the interpreter named in its first line is missing.", e)
                : new ProgramStartException(ProgramCommand.NotExecutable, $"{command.Words[0]}: {command.File} cannot be executed: {e.Message}", "It must be a program for this machine, or a script with #! and its interpreter in the first line.", e);
        }
    }
}

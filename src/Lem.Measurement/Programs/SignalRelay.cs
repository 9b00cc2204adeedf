using System.Runtime.InteropServices;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Programs;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP while a program is measured: lem stays to report, and the program gets the signal. A terminal gives it to
/// the program by itself; what was sent to lem alone is passed on.
/// </summary>
public sealed class SignalRelay : IDisposable
{
    const int Hangup = 1, Interrupt = 2, Terminate = 15;

    readonly CancellationTokenSource _stop = new();
    readonly PosixSignalRegistration[] _registrations;
    readonly LinuxTree _tree;

    // Written by the thread that runs the program, read by the runtime's signal thread; 0 = none.
    volatile int _pid;

    // Written by the signal thread, read by the thread that runs the program; 0 = none.
    volatile int _last;

    /// <param name="tree">Where <c>/proc</c> says whether a terminal is in front of this process.</param>
    public SignalRelay(LinuxTree tree)
    {
        _tree = tree;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, Interrupt)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, Terminate)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnSignal(context, Hangup)),
        ];
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>From now on signals are for this process too; null = for none.</summary>
    public void Follow(int? pid)
    {
        _pid = pid ?? 0;

        // One that came while the program was being started reached nobody.
        if (pid is { } started && _last is not 0 and var signal)
            _ = ProgramNative.Kill(started, signal);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    /// <summary>A terminal's Ctrl-C goes to every process of its foreground group: whether this is one, from <c>/proc/self/stat</c>.</summary>
    internal static bool IsForeground(string? stat)
    {
        // After the command in brackets: state ppid pgrp session tty_nr tpgid (proc(5)).
        var fields = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [_, _, var group, _, not "0", var foreground, ..] && group == foreground;
    }

    void OnSignal(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        _last = signal;
        if (_pid is > 0 and var pid && !(signal == Interrupt && IsForeground(_tree.Text("proc/self/stat"))))
            _ = ProgramNative.Kill(pid, signal); // it may have ended just now
        _stop.Cancel();
    }
}

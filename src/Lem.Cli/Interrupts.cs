using System.Runtime.InteropServices;

namespace Lem.Cli;

/// <summary>
/// Ctrl-C (SIGINT) and SIGTERM: the first asks for a gentle end, the second ends the process at once; what was saved stays.
/// </summary>
sealed class Interrupts : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly PosixSignalRegistration[] _registrations;
    int _count;

    /// <param name="told">Called at the first signal, so that the person knows it was heard.</param>
    public Interrupts(Action told)
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref _count) > 1)
                Environment.Exit((int)ExitCode.Interrupted);
            told();
            _stop.Cancel();
        }
    }

    /// <summary>Cancelled at the first signal: nothing new is started.</summary>
    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }
}

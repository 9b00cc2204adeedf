using System.Collections.Concurrent;

namespace Lem.Tests.Shared.Serving;

/// <summary>Does things at absolute times from one thread of its own, so that no thread pool comes between a time and what is due at it.</summary>
sealed class TimingThread : IDisposable
{
    /// <summary>What <see cref="Schedule"/>'s action answers when nothing more is due.</summary>
    public const long Never = long.MaxValue;

    readonly ConcurrentQueue<(long Due, Func<long> Action)> _new = new();
    readonly PriorityQueue<Func<long>, long> _due = new(); // Used by the timing thread only.
    readonly WakeableWait _wait = new();
    readonly Thread _thread;
    volatile bool _stop;

    public TimingThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "mock server timing" };
        _thread.Start();
    }

    /// <summary>Room to write events in, for actions on this thread only.</summary>
    public SendBuffer Scratch { get; } = new();

    /// <summary>Calls an action at a time (<see cref="Monotonic"/>); it must not wait, and answers when it is due again.</summary>
    public void Schedule(long due, Func<long> action)
    {
        _new.Enqueue((due, action));
        _wait.Wake();
    }

    /// <summary>Done at a time, on a thread of the pool: later by its hop.</summary>
    public Task WhenDue(long due)
    {
        if (due <= Monotonic.Now())
            return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Schedule(due, () =>
        {
            done.SetResult();
            return Never;
        });
        return done.Task;
    }

    public void Dispose()
    {
        _stop = true;
        _wait.Wake();
        _thread.Join();
        _wait.Dispose();
    }

    void Run()
    {
        WakeableWait.WakeThisThreadOnTime();
        while (!_stop)
        {
            while (_new.TryDequeue(out var added))
                _due.Enqueue(added.Action, added.Due);

            if (!_due.TryPeek(out var action, out var due))
                due = Monotonic.Now() + 3_600_000_000_000;
            if (due > Monotonic.Now() || action is null)
            {
                _wait.Until(due);
                continue;
            }

            _due.Dequeue();
            if (action() is var again and not Never)
                _due.Enqueue(action, again);
        }
    }
}

namespace Lem.Measurement.Launching;

/// <summary>A program that an engine runs as, with all it starts itself. Ended as a whole, and never left behind.</summary>
/// <param name="log">What it says on both its outputs.</param>
/// <param name="ended">Completes with its exit code.</param>
/// <param name="signal">Sends a signal to all of it; false where nothing of it is left.</param>
/// <param name="release">Frees what keeps watch over it.</param>
public sealed class EngineProcess(LogTail log, Task<int> ended, Func<int, Task<bool>> signal, Func<ValueTask> release, TimeProvider time) : IAsyncDisposable
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    bool _isReleased;

    public LogTail Log { get; } = log;

    /// <summary>Its exit code once it has ended; null while it runs.</summary>
    public int? ExitCode => ended.IsCompletedSuccessfully ? ended.Result : null;

    /// <summary>Completes with its exit code.</summary>
    internal Task<int> Ended => ended;

    /// <summary>Asks it to end, and makes it where it does not. Once: afterwards its number may be another's.</summary>
    /// <returns>False where it had to be made.</returns>
    public async Task<bool> EndAsync()
    {
        if (_isReleased)
            return true;
        var asked = await signal(ProcessSignals.Terminate);
        var isGone = !asked || await IsGoneAsync(Grace);
        if (!isGone)
        {
            await signal(ProcessSignals.Kill);
            await IsGoneAsync(Grace);
        }

        _isReleased = true;
        await release();
        return isGone;
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    // Its helpers may outlive it: gone is when nobody of its group is left.
    async Task<bool> IsGoneAsync(TimeSpan patience)
    {
        var begun = time.GetTimestamp();
        while (await signal(0))
        {
            if (time.GetElapsedTime(begun) > patience)
                return false;
            await Task.Delay(Poll, time);
        }

        return true;
    }
}

using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Core.Results.Programs;
using Lem.Measurement.Energy;
using Lem.Measurement.Hosts;

namespace Lem.Measurement.Programs;

/// <summary>Measures one program by the same meter as an experiment: idle, the program from start to end, and what the sensors still show after it.</summary>
public sealed class ProgramMeasurement(ProgramParts parts, ProgramOptions options)
{
    static readonly TimeSpan Housekeeping = TimeSpan.FromSeconds(1);

    // The longest averaging window of a sensor is one second: a window's last energy is visible only after it.
    static readonly TimeSpan SensorTail = TimeSpan.FromSeconds(1.2);
    static readonly TimeSpan EstimateTail = TimeSpan.FromSeconds(0.25);

    // A person waits for the prompt: what has not settled by then is told as it is.
    static readonly TimeSpan PostRunPatience = TimeSpan.FromSeconds(5);

    readonly bool _hasSensor = parts.Meter.Channels.Any(c => c.Method is not EnergyMethod.Estimated);
    readonly TimeSeriesCursor _cursor = new(parts.Meter, options.SampleInterval, parts.Time.GetTimestamp());

    // Stamps between which the program runs, for the phase of a row.
    long _open = long.MaxValue;
    long _close = long.MaxValue;

    /// <summary>Measures from idle to settled.</summary>
    /// <param name="run">Runs the program to its end.</param>
    /// <param name="stop">Before the program: gives up. While it runs: nothing, its end is waited for. After it: ends the waiting for idle.</param>
    /// <exception cref="OperationCanceledException">Stopped before the program was started.</exception>
    public async Task<ProgramResult> MeasureAsync(ProgramCommand command, Func<Task<ProgramEnd>> run, CancellationToken stop)
    {
        var (started, stamp) = (parts.Time.GetUtcNow(), parts.Time.GetTimestamp());
        using var sampling = parts.Sampling(parts.Meter.Sample, parts.Meter.TickPeriod);
        var before = parts.Snapshot();
        var idle = options.Baseline is { } duration
            ? await KeepingHouseAsync(IdleBaseline.MeasureAsync(parts.Meter, duration, parts.Time, stop))
            : null;
        stop.ThrowIfCancellationRequested();

        var throttleBefore = parts.Meter.ReadThrottleCounters();
        var costBefore = SamplingCost.Now(sampling);
        _open = parts.Time.GetTimestamp();
        parts.Meter.Trace.KeepHere();
        var end = await KeepingHouseAsync(run());
        parts.Meter.Trace.KeepHere();
        _close = end.Close;
        var costAfter = SamplingCost.Now(sampling);
        var throttleAfter = parts.Meter.ReadThrottleCounters();
        var interrupted = stop.IsCancellationRequested;

        await KeepingHouseAsync(Task.Delay(_hasSensor ? SensorTail : EstimateTail, parts.Time, CancellationToken.None));
        var after = await PostRunAsync(stop);
        Drain();

        List<string> metered = [.. parts.Meter.Channels.Select(c => c.Device)];
        var facts = new ProgramFacts(parts, command, end, idle, after);
        return facts.Result(
            options.LemVersion,
            new Timestamps(Label(end.Open), Label(end.Close), parts.Time.GetElapsedTime(end.Open, end.Close).TotalSeconds),
            interrupted,
            EnvironmentJson.ToJson(before),
            (throttleBefore, throttleAfter),
            (costBefore, costAfter),
            [
                .. EnvironmentDiff.Inspect(before, metered),
                .. parts.Calibrations?.Doubts(parts.Meter.Channels, before.Driver?.Driver) ?? [],
                .. EnvironmentDiff.Compare(before, parts.Snapshot(), metered),
            ]);

        DateTimeOffset Label(long at) => started + parts.Time.GetElapsedTime(stamp, at);
    }

    async Task<IdleBaseline?> PostRunAsync(CancellationToken stop)
    {
        if (options.Baseline is not { } duration || !_hasSensor || stop.IsCancellationRequested)
            return null;
        try
        {
            return await KeepingHouseAsync(IdleBaseline.MeasureAsync(parts.Meter, duration, parts.Time, stop, PostRunPatience));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The window is whole; only the idle after it is missing.
            return null;
        }
    }

    // Waits for something, and meanwhile makes room for samples and hands on those that came.
    async Task<T> KeepingHouseAsync<T>(Task<T> task)
    {
        await KeepingHouseAsync((Task)task);
        return await task;
    }

    async Task KeepingHouseAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Task.Delay(Housekeeping, parts.Time, CancellationToken.None));
            Drain();
        }

        await task;
    }

    void Drain() => _cursor.Drain(row =>
        options.Sample?.Invoke(row, row.Stamp < _open ? "idle" : row.Stamp < _close ? "measure" : "settle"));
}

using System.Threading.Channels;
using Lem.Measurement.Experiments.Events;

namespace Lem.Measurement.Experiments;

/// <summary>
/// Measures one experiment: one load, one window per cycle, every window on disk before the next begins. Tells of it as a stream of events.
/// </summary>
public sealed class ExperimentRunner(ExperimentPlan plan, ExperimentInput input, ExperimentParts parts)
{
    // More than a window's requests between two looks of any reader; beyond it progress is left out, never waited for.
    const int EventCapacity = 1 << 16;

    /// <summary>Runs to the end, to a failure, or to a stop. The last event is <see cref="ExperimentFinished"/>.</summary>
    /// <param name="stop">Ends it gently: nothing new is sent, what is in flight has ten seconds, and what was measured is saved.</param>
    /// <exception cref="Core.LemException">The engine or the machine failed before anything could be measured.</exception>
    public async IAsyncEnumerable<ExperimentEvent> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var events = Channel.CreateBounded<ExperimentEvent>(new BoundedChannelOptions(EventCapacity) { SingleReader = true });

        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var experiment = Task.Run(() => MeasureAsync(events, abandoned.Token), CancellationToken.None);
        try
        {
            // Not cancelled by stop: the reader hears how it ended.
            await foreach (var e in events.Reader.ReadAllAsync(CancellationToken.None))
                yield return e;
        }
        finally
        {
            // A reader that breaks off must not leave an experiment running on parts that are about to be disposed of.
            await abandoned.CancelAsync();
            await experiment;
        }
    }

    async Task MeasureAsync(Channel<ExperimentEvent> events, CancellationToken stop)
    {
        try
        {
            var journal = new ExperimentJournal(new ExperimentClock(parts.Time), events.Writer, () => events.Reader.Count, parts.Meter.Trace.KeepHere);
            var run = new ExperimentRun(plan, input, parts, journal);
            await events.Writer.WriteAsync(await run.MeasureAsync(stop), CancellationToken.None);
        }
        finally
        {
            events.Writer.Complete();
        }
    }
}

using System.Threading.Channels;
using Lem.Core.Results;
using Lem.Measurement.Experiments.Events;

namespace Lem.Measurement.Experiments;

/// <summary>What has happened so far: phases with their stamps, findings, and the stream that tells of them.</summary>
/// <param name="pending">Events that nobody has read yet.</param>
/// <param name="edge">Told where a phase begins or ends.</param>
sealed class ExperimentJournal(ExperimentClock clock, ChannelWriter<ExperimentEvent> events, Func<int> pending, Action? edge = null)
{
    const int ProgressLimit = 1 << 15;

    readonly List<PhaseSpan> _phases = [];
    readonly List<(int Cycle, Finding Finding)> _findings = [];

    // Replaced as a whole when a phase begins or ends, so that the writer's thread reads it without a lock.
    (long Stamp, string Name)[] _marks = [];

    public ExperimentClock Clock { get; } = clock;

    /// <summary>Opens a phase, which lasts until it is disposed of.</summary>
    /// <param name="cycle">Cycle from 1, or 0 for what all cycles share.</param>
    public PhaseScope Enter(ExperimentPhase phase, int cycle = 0, double? expectedSeconds = null)
    {
        Tell(new PhaseStarted(Clock.NowSeconds, phase, cycle, expectedSeconds));
        var start = Clock.Now;
        Mark(start, NameOf(phase));
        return new(this, phase, cycle, start);
    }

    /// <summary>Phases that belong to a cycle: those all share, and its own.</summary>
    public IEnumerable<PhaseSpan> PhasesOf(int cycle) => _phases.Where(p => p.Cycle == 0 || p.Cycle == cycle);

    public PhaseSpan? Last(ExperimentPhase phase) => _phases.FindLast(p => p.Phase == phase);

    public IReadOnlyList<Finding> FindingsOf(int cycle) => [.. _findings.Where(f => f.Cycle == 0 || f.Cycle == cycle).Select(f => f.Finding)];

    public IReadOnlyList<Finding> AllFindings => [.. _findings.Select(f => f.Finding)];

    /// <summary>Records a doubt once; the same code in the same cycle does not come twice.</summary>
    public void Raise(Finding finding, int cycle = 0)
    {
        if (_findings.Any(f => f.Cycle == cycle && f.Finding.Code == finding.Code && f.Finding.Message == finding.Message))
            return;
        _findings.Add((cycle, finding));
        Tell(new FindingRaised(Clock.NowSeconds, finding, cycle));
    }

    public void Raise(IEnumerable<Finding> findings, int cycle = 0)
    {
        foreach (var finding in findings)
            Raise(finding, cycle);
    }

    /// <summary>The phase at a stamp, as the time series names it; for any thread.</summary>
    public string PhaseAt(long stamp)
    {
        var marks = Volatile.Read(ref _marks);
        for (var i = marks.Length - 1; i >= 0; i--)
            if (marks[i].Stamp <= stamp)
                return marks[i].Name;
        return "environment";
    }

    public static string NameOf(ExperimentPhase phase) => phase switch
    {
        ExperimentPhase.Environment => "environment",
        ExperimentPhase.Idle => "idle",
        ExperimentPhase.Load => "load",
        ExperimentPhase.Prepare => "prepare",
        ExperimentPhase.ContextIdle => "context_idle",
        ExperimentPhase.Warmup => "warmup",
        ExperimentPhase.Measure => "measure",
        ExperimentPhase.Settle => "settle",
        _ => "finish",
    };

    // Never waits: inside a window the load's thread tells of its requests, and a slow reader must not hold it up. When the reader is far
    // behind, progress makes way first, so that phases, findings and cycles still have room.
    public void Tell(ExperimentEvent e)
    {
        if (e is not (RequestFinished or PowerSampled) || pending() < ProgressLimit)
            events.TryWrite(e);
    }

    void Mark(long stamp, string name)
    {
        Volatile.Write(ref _marks, [.. _marks, (stamp, name)]);
        edge?.Invoke();
    }

    /// <summary>A phase that has ended, in stamps of the monotonic clock.</summary>
    public readonly record struct PhaseSpan(ExperimentPhase Phase, int Cycle, long Start, long End);

    public readonly struct PhaseScope(ExperimentJournal journal, ExperimentPhase phase, int cycle, long start) : IDisposable
    {
        public long Start => start;

        public void Dispose()
        {
            var end = journal.Clock.Now;
            journal._phases.Add(new(phase, cycle, start, end));
            journal.Mark(end, "between");
            journal.Tell(new PhaseEnded(journal.Clock.NowSeconds, phase, cycle, journal.Clock.Time.GetElapsedTime(start, end).TotalSeconds));
        }
    }
}

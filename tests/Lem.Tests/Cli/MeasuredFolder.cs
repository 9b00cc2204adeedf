using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;
using Lem.Tests.Core.Results.Aggregation;

namespace Lem.Tests.Cli;

/// <summary>A working directory whose results/ holds raw files of measured windows.</summary>
sealed class MeasuredFolder : IDisposable
{
    public const string Single = "20260130T080000Z-sample-0a1b2c3d";
    public const string Cycles = "20260131T120000Z-sample-4e5f6a7b";

    readonly RawStore _store;

    public MeasuredFolder()
    {
        Directory = new(Commands["results"]);
        _store = new(Directory, TimeProvider.System);
    }

    public CommandFolder Commands { get; } = new();

    public ResultsDirectory Directory { get; }

    public MeasuredFolder WithSingle() => With(Single, SampleRun.Cpu(), 0, 1);

    public MeasuredFolder WithCycles(int measured = 3) =>
        Enumerable.Range(0, measured).Aggregate(this, (folder, cycle) => folder.With(Cycles, SampleRun.Gpus(), cycle, 3));

    public void Dispose() => Commands.Dispose();

    MeasuredFolder With(string id, RawRun run, int cycle, int cycles)
    {
        var window = ExperimentId.OfWindow(id, cycle, cycles);
        _store.WriteExperiment(window, run.Experiment with { Identity = run.Experiment.Identity with { ExperimentId = id, CycleIndex = cycle, CycleCount = cycles } });
        _store.WriteHost(window, run.Host!); // the samples used here have one
        foreach (var (process, requests) in run.Processes)
        {
            using var log = _store.OpenRequests(window, process.ProcessIndex);
            foreach (var request in requests)
                log.Append(request);
            log.Flush();
            _store.WriteProcess(window, process with { ExperimentId = id, RequestLines = log.Lines, RequestsSha256 = log.Sha256() });
            _store.WriteMarker(window, process.ProcessIndex);
        }

        return this;
    }
}

using System.Buffers;
using System.Text;
using Lem.Core.Results.Raw;
using Lem.Core.Results.Storage;
using Lem.Measurement.Energy;

namespace Lem.Measurement.Experiments;

/// <summary>The files of one window: those that grow while it is open, and those that are written when it is closed. The marker comes last.</summary>
sealed class WindowFiles : IDisposable
{
    public const string TimeSeriesName = "timeseries.csv";

    readonly ResultsDirectory _directory;
    readonly RawStore _store;
    readonly RawWriter _writer;
    readonly FileStream? _series;
    readonly ArrayBufferWriter<byte> _rows = new(64 * 1024);
    readonly TimeSeriesCursor _cursor;
    readonly ExperimentJournal _journal;

    /// <param name="windowId">Id of the window; its folder holds nothing of an earlier try.</param>
    /// <param name="cursor">Where the time series stands; shared by the windows of an experiment.</param>
    /// <param name="keepSeries">The time series is wanted on disk.</param>
    public WindowFiles(ResultsDirectory directory, RawStore store, string windowId, TimeSeriesCursor cursor, bool keepSeries, ExperimentJournal journal)
    {
        (_directory, _store, WindowId, _cursor, _journal) = (directory, store, windowId, cursor, journal);
        store.SetAside(windowId);
        if (keepSeries)
        {
            _series = RawStore.OpenAppend(directory.TimeSeries(windowId));
            DiskFailure.Guard(_series.Name, () => _series.Write(Encoding.ASCII.GetBytes(TimeSeriesCsv.Header)));
        }

        _writer = new RawWriter(store.OpenRequests(windowId, 0), DrainSamples);
    }

    public string WindowId { get; }

    /// <summary>Bytes written so far, for the account of what measuring cost.</summary>
    public long Bytes { get; private set; }

    /// <summary>Cancelled when the disk takes no more.</summary>
    public CancellationToken Failed => _writer.Failed;

    /// <summary>Takes a finished request. For the load's thread; returns at once.</summary>
    public void Add(RequestRecord request) => _writer.Add(request);

    /// <summary>Brings the growing files to the disk; nothing is appended afterwards.</summary>
    public (long Lines, string Sha256) Close()
    {
        var log = _writer.Finish();
        if (_series is not null)
            DiskFailure.Guard(_series.Name, () => _series.Flush(flushToDisk: true));
        return log;
    }

    /// <summary>Writes the facts; a window that is whole gets its marker, a partial one does not and is measured again on resume.</summary>
    public void Complete(RawExperiment experiment, RawHost host, RawProcess process, string log)
    {
        _store.WriteExperiment(WindowId, experiment);
        _store.WriteHost(WindowId, host);
        _store.WriteProcess(WindowId, process);
        if (log.Length > 0)
            AtomicFile.Write(_directory.EngineLog(WindowId), Encoding.UTF8.GetBytes(log));
        if (!experiment.Partial)
            _store.WriteMarker(WindowId, process.ProcessIndex);
    }

    /// <summary>Writes what each request answered, a line each.</summary>
    public void WriteOutputs(IEnumerable<string> lines)
    {
        using var file = RawStore.OpenAppend(_directory.Outputs(WindowId, 0));
        DiskFailure.Guard(file.Name, () =>
        {
            foreach (var line in lines)
                file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            file.Flush(flushToDisk: true);
        });
    }

    public void Dispose()
    {
        _writer.Dispose();
        _series?.Dispose();
    }

    // On the writer's thread.
    void DrainSamples()
    {
        _cursor.Drain(row =>
        {
            if (_series is not null)
                TimeSeriesCsv.Write(_rows, row, _journal.PhaseAt(row.Stamp));
        });
        if (_rows.WrittenCount == 0)
            return;
        _series?.Write(_rows.WrittenSpan);
        Bytes += _rows.WrittenCount;
        _rows.ResetWrittenCount();
    }
}

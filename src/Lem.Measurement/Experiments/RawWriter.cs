using System.Collections.Concurrent;
using Lem.Core;
using Lem.Core.Results.Raw;

namespace Lem.Measurement.Experiments;

/// <summary>
/// The only thread that writes files while a window is open: once a second it appends what has gathered, one write per file,
/// so that the load and the sampler never wait for a disk and a killed run loses at most the last second.
/// </summary>
sealed class RawWriter : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly ConcurrentQueue<RequestRecord> _requests = new();
    readonly FileStream _requestFile;
    readonly RequestLogWriter _requestLog;
    readonly Action _drainSamples;
    readonly ManualResetEventSlim _stop = new();
    readonly Thread _thread;

    // Written by the writer's thread, read after it has ended.
    IOException? _failure;

    /// <param name="directory">Folder of the window; exists.</param>
    /// <param name="drainSamples">Appends what the sampler has gathered to the time series; called on the writer's thread.</param>
    public RawWriter(string directory, int processIndex, Action drainSamples)
    {
        _requestFile = new FileStream(Path.Combine(directory, $"requests_{processIndex}.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _requestLog = new RequestLogWriter(_requestFile);
        _drainSamples = drainSamples;
        _thread = new Thread(Run) { Name = "raw-writer", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Takes a finished request. Called by the load's thread; returns at once.</summary>
    public void Add(RequestRecord request) => _requests.Enqueue(request);

    /// <summary>Writes what is left, brings it to the disk, and says what the request log holds.</summary>
    /// <exception cref="LemException">The disk did not take it: full, or gone.</exception>
    public (long Lines, string Sha256) Finish()
    {
        _stop.Set();
        _thread.Join();
        try
        {
            if (_failure is { } failure)
                throw failure;
            Drain();
            _requestFile.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw new LemException($"{_requestFile.Name}: cannot be written: {e.Message}", "Free space on the disk of the results directory, or name another with --results-dir; then lem resume.", e);
        }

        return (_requestLog.Lines, _requestLog.Sha256());
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        try
        {
            _requestLog.Dispose();
        }
        catch (IOException)
        {
            // Reported by Finish where it matters; an abandoned window's last buffer has no reader.
        }

        _stop.Dispose();
    }

    void Run()
    {
        try
        {
            while (!_stop.Wait(Interval))
                Drain();
        }
        catch (IOException e)
        {
            _failure = e;
        }
    }

    void Drain()
    {
        while (_requests.TryDequeue(out var request))
            _requestLog.Append(request);
        _requestLog.Flush();
        _drainSamples();
    }
}

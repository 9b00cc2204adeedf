using System.Collections.Concurrent;
using Lem.Core.Results.Raw;
using Lem.Core.Results.Storage;

namespace Lem.Measurement.Experiments;

/// <summary>
/// The only thread that writes files while a window is open: once a second it appends what has gathered, one write per file,
/// so that the load and the sampler never wait for a disk and a killed run loses at most the last second.
/// </summary>
sealed class RawWriter : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly ConcurrentQueue<RequestRecord> _requests = new();
    readonly RequestLogWriter _requestLog;
    readonly Action _drainSamples;
    readonly ManualResetEventSlim _stop = new();
    readonly CancellationTokenSource _failed = new();
    readonly Thread _thread;

    // Written by the writer's thread, read after it has ended.
    IOException? _failure;

    /// <param name="drainSamples">Appends what the sampler has gathered to the time series; called on the writer's thread.</param>
    public RawWriter(RequestLogWriter requestLog, Action drainSamples)
    {
        (_requestLog, _drainSamples) = (requestLog, drainSamples);
        _thread = new Thread(Run) { Name = "raw-writer", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Cancelled when the disk takes no more: what is measured from then on would be lost.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Takes a finished request. Called by the load's thread; returns at once.</summary>
    public void Add(RequestRecord request) => _requests.Enqueue(request);

    /// <summary>Writes what is left, brings it to the disk, and says what the request log holds.</summary>
    /// <exception cref="Core.LemException">The disk did not take it: full, or gone.</exception>
    public (long Lines, string Sha256) Finish()
    {
        _stop.Set();
        _thread.Join();
        try
        {
            if (_failure is { } failure)
                throw failure;
            Drain();
            _requestLog.Sync();
        }
        catch (IOException e)
        {
            throw DiskFailure.Explain("the request log", e);
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
            // Told by Finish where it matters; the last buffer of an abandoned window has no reader.
        }

        _stop.Dispose();
        _failed.Dispose();
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
            _failed.Cancel();
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

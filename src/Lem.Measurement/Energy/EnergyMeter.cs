using Lem.Core.Results;
using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>
/// Reads all energy sources of the machine, once per device and tick. Someone else makes the ticks (<see cref="SamplerThread"/>, or a
/// test by hand); a tick allocates nothing, takes no lock, and touches nothing but the devices.
/// </summary>
public sealed class EnergyMeter : IDisposable
{
    static readonly TimeSpan FastestTick = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan SlowestTick = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan TelemetryPeriod = TimeSpan.FromMilliseconds(200);

    // 96 bytes each: 19 MB.
    const long MaxTelemetryValues = 200_000;

    readonly IEnergySource[] _sources; // an array: walking a list through its interface allocates
    readonly NvmlDevice?[] _gpus;
    readonly TimeProvider _time;

    readonly Lock _preparing = new();

    // Used by the sampler thread only.
    long _nextTelemetry;

    public EnergyMeter(IReadOnlyList<IEnergySource> sources, TimeProvider time)
    {
        (_sources, _time) = ([.. sources], time);
        Channels = [.. sources.SelectMany(source => source.Channels)];
        _gpus = [.. sources.SelectMany(source => source is NvmlEnergySource nvml ? nvml.Devices : source.Channels.Select(_ => (NvmlDevice?)null))];
        Trace = new EnergyTrace(Channels, time);
        Telemetry = new SampleLog<GpuSample>(Channels.Count, rowsPerChunk: 512, maxChunks: 1 << 14);
        TickPeriod = PeriodFor(Channels);
        _nextTelemetry = Trace.Origin;
        PrepareAhead();
    }

    /// <summary>All channels; an index into this list names a channel everywhere in the meter.</summary>
    public IReadOnlyList<EnergyChannel> Channels { get; }

    /// <summary>Every reading so far.</summary>
    public EnergyTrace Trace { get; }

    /// <summary>Time between ticks: half the shortest update period of a sensor, or all of it where half is too fast, within 10–100 ms. Faster polling tells nothing
    /// new, and an uneven one would weigh some updates twice.</summary>
    public TimeSpan TickPeriod { get; }

    /// <summary>Slow values of the GPUs, one per channel (default for other channels).</summary>
    internal SampleLog<GpuSample> Telemetry { get; }

    /// <summary>One tick: every source once, and the slow values when they are due. Sampler thread only.</summary>
    public void Sample()
    {
        var row = Trace.Log.Next();
        foreach (var source in _sources)
        {
            source.Read(row[..source.Channels.Count]);
            row = row[source.Channels.Count..];
        }

        Trace.Log.Publish();
        var now = _time.GetTimestamp();
        if (now >= _nextTelemetry)
        {
            _nextTelemetry = now + (long)(TelemetryPeriod.TotalSeconds * _time.TimestampFrequency);
            SampleTelemetry();
        }
    }

    /// <summary>Slow values of one channel's GPU between two stamps; empty for other domains.</summary>
    public IReadOnlyList<GpuSample> TelemetryOf(int channel, long from, long to)
    {
        var found = new List<GpuSample>();
        if (_gpus[channel] is null)
            return found;
        for (var row = Telemetry.FirstRow; row < Telemetry.Rows; row++)
            if (Telemetry.TryGet(row, channel, out var values, out var folded))
            {
                row += folded - 1 - (row % folded);
                if (values.Stamp >= from && values.Stamp <= to)
                    found.Add(values with { Folded = folded });
            }

        return found;
    }

    /// <summary>What the card of a channel is; null for other domains.</summary>
    internal (string? Name, bool? Mig, long? MemoryBytes)? GpuOf(int channel) =>
        _gpus[channel] is { } gpu ? (gpu.Name, gpu.MigEnabled, gpu.Memory?.TotalBytes) : null;

    /// <summary>The throttle counters of each GPU now, by channel. Outside a window only.</summary>
    public IReadOnlyDictionary<int, ThrottleCounters> ReadThrottleCounters()
    {
        var counters = new Dictionary<int, ThrottleCounters>();
        for (var channel = 0; channel < _gpus.Length; channel++)
            if (_gpus[channel] is { } gpu)
                counters.Add(channel, ThrottleCounters.Read(gpu));
        return counters;
    }

    /// <summary>Makes room for the samples to come, and folds old ones together when they take too much. For any thread but the sampler's, once a second.</summary>
    public void PrepareAhead()
    {
        lock (_preparing)
        {
            Trace.PrepareAhead();
            Telemetry.PrepareAhead();
            Telemetry.FoldDownTo(MaxTelemetryValues, [], GpuSample.Fold);
        }
    }

    public void Dispose()
    {
        foreach (var source in _sources)
            source.Dispose();
    }

    void SampleTelemetry()
    {
        var row = Telemetry.Next();
        for (var channel = 0; channel < _gpus.Length; channel++)
            row[channel] = _gpus[channel] is { } gpu ? Look(gpu) : new GpuSample(_time.GetTimestamp(), null, null, null, null, null, null, null, null);
        Telemetry.Publish();
    }

    GpuSample Look(NvmlDevice gpu)
    {
        var use = gpu.Utilisation;
        return new(
            _time.GetTimestamp(), gpu.Memory?.UsedBytes, gpu.TemperatureCelsius, use?.SmPercent, use?.MemoryPercent,
            gpu.SmMegahertz, gpu.MemoryMegahertz, gpu.PerformanceState, gpu.ClockReasons);
    }

    static TimeSpan PeriodFor(IReadOnlyList<EnergyChannel> channels)
    {
        var shortest = SlowestTick;
        foreach (var channel in channels)
        {
            // An estimate is a sum that does not depend on when it is read; a sensor of unknown period may be as fast as any.
            var period = channel.Method is EnergyMethod.Estimated ? SlowestTick
                : channel.UpdatePeriod is { } update ? (update / 2 >= FastestTick ? update / 2 : update)
                : FastestTick;
            if (period < shortest)
                shortest = period;
        }

        return shortest < FastestTick ? FastestTick : shortest;
    }
}

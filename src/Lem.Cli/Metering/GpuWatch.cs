using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Results.Environments;
using Lem.Measurement.Energy;
using Lem.Measurement.Hosts;
using Lem.Measurement.Linux;
using Lem.Measurement.Nvml;

namespace Lem.Cli.Metering;

/// <summary><c>lem gpus --watch</c>: what each GPU draws and does, again and again until Ctrl-C.</summary>
/// <param name="sampling">Calls the sampler every period until it is disposed of.</param>
sealed class GpuWatch(
    CliHost host, Messages messages, bool json, TimeSpan interval, Func<Action, TimeSpan, IDisposable> sampling, string nvmlLibrary = NvmlReader.DefaultLibrary)
{
    // Redrawn in place on a terminal; elsewhere one table, or one line of JSON, after the other.
    readonly bool _inPlace = !json && host.IsTerminal && !Console.IsOutputRedirected;
    int _drawn;

    /// <exception cref="LemException">There is no GPU to watch.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken stop)
    {
        using var sources = EnergyDiscovery.Discover(
            new(CudaVisibleDevices: host.Variable("CUDA_VISIBLE_DEVICES"), Sources: "nvml", NvmlLibrary: nvmlLibrary, CudaDeviceOrder: host.Variable("CUDA_DEVICE_ORDER")), new LinuxTree(), host.Time);
        if (!sources.Channels.Any())
        {
            var reason = sources.Unavailable[0]; // without a channel there is a reason
            throw new LemException(reason.Message, reason.Hint ?? "lem doctor says what stands in the way.");
        }

        foreach (var missing in sources.Unavailable.Where(u => u.Device is not null))
            messages.Warning($"{missing.Device}: {missing.Message}");
        var cards = GpuTopology.Read(nvmlLibrary, out _).Where(gpu => gpu.Uuid is not null).ToDictionary(gpu => $"gpu:{gpu.Uuid}");
        var meter = new EnergyMeter(sources.Sources, host.Time); // its sources are disposed of with the others
        using var sampler = sampling(meter.Sample, meter.TickPeriod);
        await WatchAsync(meter, cards, stop);
        return ExitCode.Success;
    }

    async Task WatchAsync(EnergyMeter meter, Dictionary<string, GpuSnapshot> cards, CancellationToken stop)
    {
        var start = host.Time.GetTimestamp();
        var sum = new EnergySum(meter, start);
        var last = start;
        for (var looks = 1; !stop.IsCancellationRequested && !StandardOutput.IsAbandoned(); looks++)
        {
            try
            {
                // Against absolute deadlines: drawing takes time too.
                var wait = (interval * looks) - host.Time.GetElapsedTime(start);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, host.Time, stop);
                meter.PrepareAhead();
                var now = host.Time.GetTimestamp();
                Show(Look(meter, cards, sum, last, now), host.Time.GetElapsedTime(start, now));
                last = now;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    IReadOnlyList<GpuReading> Look(EnergyMeter meter, Dictionary<string, GpuSnapshot> cards, EnergySum sum, long last, long now)
    {
        var energies = sum.Mark(now);
        return [.. meter.Channels.Select((channel, i) =>
        {
            var card = cards.GetValueOrDefault(channel.Device);
            var (energy, total, reason) = energies[i];
            return new GpuReading(
                card?.Index, channel.Device, card?.Name, card?.MemoryTotalBytes, energy / host.Time.GetElapsedTime(last, now), total,
                meter.TelemetryOf(i, last, now) is [.., var newest] ? newest : null, reason);
        })];
    }

    void Show(IReadOnlyList<GpuReading> gpus, TimeSpan elapsed)
    {
        var now = host.Time.GetUtcNow();
        if (json)
        {
            host.Out.WriteLine(GpuWatchLines.Json(gpus, now, elapsed).ToJsonString());
            host.Out.Flush();
            return;
        }

        var lines = GpuWatchLines.Render(gpus, now, elapsed);
        if (_inPlace && _drawn > 0)
            host.Out.Write($"\e[{_drawn}A\e[J");
        else if (_drawn > 0)
            host.Out.WriteLine();
        foreach (var line in lines)
            host.Out.WriteLine(line);
        host.Out.Flush();
        _drawn = lines.Count;
    }
}

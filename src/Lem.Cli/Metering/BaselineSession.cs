using System.Text.Json.Nodes;
using Lem.Cli.Experiments;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Hosts;
using Lem.Measurement.Linux;
using Lem.Reporting.Summaries;

namespace Lem.Cli.Metering;

/// <summary><c>lem baseline</c>: watches the quiet machine, tells its idle power, and keeps it for experiments.</summary>
sealed class BaselineSession(CliHost host, Messages messages, bool json, bool quiet)
{
    readonly LinuxTree _tree = new();

    public async Task<ExitCode> RunAsync(string? gpuList, TimeSpan duration)
    {
        var gpus = GpuChoice.Parse(gpuList);
        using var sources = EnergyDiscovery.Discover(new(gpus, host.Variable("CUDA_VISIBLE_DEVICES"), Sources: "nvml,rapl", CudaDeviceOrder: host.Variable("CUDA_DEVICE_ORDER")), _tree, host.Time);
        GpuChoice.Check(gpus, sources);
        if (!sources.Channels.Any())
            throw new LemException(
                "no device of this machine has a sensor, so there is no idle power to measure: " + string.Join("; ", sources.Unavailable.Select(u => u.Message).Distinct()),
                "lem doctor says what would open one; estimates are used without a baseline.");

        using var interrupts = new Interrupts(() => messages.Note("\nstopping"));
        if (!quiet)
            messages.Note($"watching {string.Join(", ", sources.Channels.Select(c => c.Device))} for {duration.TotalSeconds:0} s or until settled…");
        var machine = HostSnapshot.Take(_tree, new(LemVersion.Number, LemVersion.Commit, host.Variable, pid => pid == Environment.ProcessId), host.Time);
        var meter = new EnergyMeter(sources.Sources, host.Time); // its sources are disposed of with the others
        IdleBaseline baseline;
        using (SamplerThread.Start(meter.Sample, meter.TickPeriod, host.Time))
        using (new Housekeeping(meter))
            baseline = await IdleBaseline.MeasureAsync(meter, duration, host.Time, interrupts.Stop);

        var cache = PartsFactory.Baselines(host, _tree);
        List<Finding> findings = [.. EnvironmentDiff.Inspect(machine, [.. sources.Channels.Select(c => c.Device)]), .. baseline.Findings];
        var notKept = await cache.StoreAsync(baseline, machine, interrupts.Stop);
        if (notKept is not null)
            findings.Add(notKept);
        new Answer(host, messages, json).Write(
            () => string.Join('\n', BaselineLines.Render(baseline, kept: notKept is null).Concat(FindingLines.Render(findings))),
            () => Json(baseline, sources, findings, notKept is null));
        return ExitCode.Success;
    }

    public async Task<ExitCode> ForgetAsync()
    {
        var cache = PartsFactory.Baselines(host, _tree);
        var count = await cache.ForgetAsync(CancellationToken.None);
        new Answer(host, messages, json).Write(() => $"{count} idle powers forgotten", () => new JsonObject { ["forgotten"] = count });
        return ExitCode.Success;
    }

    static JsonObject Json(IdleBaseline baseline, EnergySources sources, List<Finding> findings, bool kept) => new()
    {
        ["waited_sec"] = baseline.Waited.TotalSeconds,
        ["devices"] = new JsonArray([.. baseline.Channels.Select(idle => new JsonObject
        {
            ["domain"] = idle.Channel.Domain.ToString().ToLowerInvariant(),
            ["device"] = idle.Channel.Device,
            ["power_w"] = idle.Mean?.Value,
            ["power_half_width_w"] = idle.HalfWidth?.Value,
            ["variance_w2"] = idle.VarianceOfMean,
            ["drift_w"] = idle.Drift?.Value,
            ["drift_half_width_w"] = idle.DriftHalfWidth?.Value,
            ["settled"] = idle.Mean is null ? null : idle.Settled,
            ["duration_sec"] = idle.Duration.TotalSeconds,
            ["samples"] = idle.Samples,
            ["kept"] = kept && idle is { Settled: true, Mean: not null },
            ["reason"] = idle.Reason,
        })]),
        ["unavailable"] = new JsonArray([.. sources.Unavailable.Select(u => new JsonObject
        {
            ["domain"] = u.Domain.ToString().ToLowerInvariant(), ["device"] = u.Device, ["code"] = u.Code, ["message"] = u.Message, ["hint"] = u.Hint,
        })]),
        ["findings"] = new JsonArray([.. findings.Select(f => new JsonObject
        {
            ["code"] = f.Code, ["severity"] = f.Severity.ToString().ToLowerInvariant(), ["message"] = f.Message, ["hint"] = f.Hint, ["data"] = f.Data?.DeepClone(),
        })]),
    };
}

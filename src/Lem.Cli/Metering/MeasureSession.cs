using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Cli.Terminal;
using Lem.Core.Results.Programs;
using Lem.Core.Results.Storage;
using Lem.Measurement.Energy;
using Lem.Measurement.Hosts;
using Lem.Measurement.Linux;
using Lem.Measurement.Programs;
using Lem.Reporting.Summaries;

namespace Lem.Cli.Metering;

/// <summary><c>lem measure</c>: runs a program as it would run without lem, and tells what it cost.</summary>
sealed class MeasureSession(CliHost host, Messages messages)
{
    readonly LinuxTree _tree = new();

    /// <summary>The exit code is the program's; lem's own where the program could not be run.</summary>
    public async Task<int> RunAsync(MeasureRequest request)
    {
        try
        {
            return await MeasureAsync(request);
        }
        catch (ProgramStartException e)
        {
            messages.Error(e.Message, e.Hint);
            return e.ExitCode;
        }
    }

    async Task<int> MeasureAsync(MeasureRequest request)
    {
        var command = ProgramCommand.Find(request.Words, host.Variable("PATH"), host.WorkingDirectory);
        var gpus = GpuChoice.Parse(request.Gpus);
        using var sources = EnergyDiscovery.Discover(new(gpus, host.Variable("CUDA_VISIBLE_DEVICES"), CudaDeviceOrder: host.Variable("CUDA_DEVICE_ORDER")), _tree, host.Time);
        GpuChoice.Check(gpus, sources);
        using var samples = request.Samples is { } path ? new SampleFile(Path.Combine(host.WorkingDirectory, path)) : null;
        using var signals = new SignalRelay(_tree);
        var meter = new EnergyMeter(sources.Sources, host.Time); // its sources are disposed of with the others
        if (request.Baseline is { } idle && !request.Quiet && sources.Channels.Any(c => c.Method is not Core.Results.EnergyMethod.Estimated))
            messages.Note($"idle power first, {idle.TotalSeconds:0} s or until settled…");

        var result = await new ProgramMeasurement(
            new(meter, sources.Unavailable, sources.Findings, (tick, period) => SamplerThread.Start(tick, period, host.Time), Snapshot, host.Time, CalibrateSession.Store(host).Read()),
            new(LemVersion.Number, request.Baseline, request.SampleInterval, samples is null ? null : samples.Write))
            .MeasureAsync(command, new ProgramRun(command, signals, host.Time).RunAsync, signals.Stop);

        samples?.Finish();
        if (samples?.Failure is { } failure)
            messages.Warning($"{request.Samples}: the end of the time series is missing: {failure}");
        Tell(result, request);
        return result.Interrupted ? (int)ExitCode.Interrupted : result.ExitCode;

        Core.Results.Environments.EnvironmentSnapshot Snapshot() =>
            HostSnapshot.Take(_tree, new(LemVersion.Number, LemVersion.Commit, host.Variable, new ProcessFamily(_tree, Environment.ProcessId).Has), host.Time);
    }

    void Tell(ProgramResult result, MeasureRequest request)
    {
        // A token may stand among the program's arguments.
        var json = messages.Redact(JsonSerializer.SerializeToNode(result, ProgramJson.Line.ProgramResult)) ?? new JsonObject();
        if (!request.Json && !(request.Quiet && request.Output is not null))
            foreach (var line in ProgramSummary.Render(result).Prepend(""))
                messages.Note(line);
        if (request.Json)
            host.Out.WriteLine(json.ToJsonString(ProgramJson.Line.Options));
        if (request.Output is { } path)
            AtomicFile.Write(
                Path.Combine(host.WorkingDirectory, path),
                Encoding.UTF8.GetBytes(json.ToJsonString(new JsonSerializerOptions(ProgramJson.Line.Options) { WriteIndented = true }) + "\n"));
    }
}

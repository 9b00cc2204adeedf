using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Tests.Core.Results.Aggregation;

/// <summary>
/// Raw facts with known answers. Each process: ten requests one after another, one second each; 10 input and 46 output tokens; the first token
/// after 100 ms, then one every 20 ms.
/// </summary>
static class SampleRun
{
    public const int Requests = 10;
    public const double WindowSec = 10;

    /// <summary>One process on a CPU whose power is estimated: 90 W and 10 W for ten seconds are 1000 J.</summary>
    public static RawRun Cpu() => new(
        Experiment(processes: 1),
        Host([
            new DomainEnergyRecord(EnergyDomain.Cpu, "cpu:0", new Joules(900), Method: EnergyMethod.Estimated, Quality: "estimated", UncertaintyJ: new Joules(600), AdjustedReason: "estimated_domain_has_no_idle"),
            new DomainEnergyRecord(EnergyDomain.Dram, "dram:0", new Joules(100), Method: EnergyMethod.Estimated, Quality: "estimated", UncertaintyJ: new Joules(70), AdjustedReason: "estimated_domain_has_no_idle"),
            new DomainEnergyRecord(EnergyDomain.Gpu, "gpu", null, Reason: "nvml_library_missing"),
        ]),
        [Process(0, [])],
        [],
        []);

    /// <summary>Two processes with a GPU each: 300 W and 200 W of counters, 50 W of idle each, and a measured CPU at 100 W with 40 W of idle.</summary>
    public static RawRun Gpus() => new(
        Experiment(processes: 2) with
        {
            Identity = Identity() with { CycleIndex = 1, CycleCount = 3, Campaign = new CampaignCell("c-1", "sweep", "sweep_a", 1), ModelRevision = "abc", BackendVersion = "1.2", ImageDigest = "sha256:0" },
            Objectives = new LatencyObjectives(TtftMs: 150, TpotMs: 25),
            Carbon = new CarbonIntensity(400, 1.5, "stated"),
            Baselines =
            [
                Idle(EnergyDomain.Gpu, "gpu:a", 50), Idle(EnergyDomain.Gpu, "gpu:b", 50), Idle(EnergyDomain.Cpu, "cpu:0", 40),
                Cached(EnergyDomain.Gpu, "gpu:a", 48), Cached(EnergyDomain.Gpu, "gpu:b", 48), Cached(EnergyDomain.Cpu, "cpu:0", 40),
            ],
            ModelLoad = new ModelLoad(12, new Joules(5000), ForcedCold: false, "cold", 0),
            WarmupResult = new WarmupResult(true, 0.01, 10, 0.05, 50, [1000, 1000], "converged", 10, new Joules(4000)),
        },
        Host([
            Counted(EnergyDomain.Gpu, "gpu:a", 300, 50),
            Counted(EnergyDomain.Gpu, "gpu:b", 200, 50),
            Counted(EnergyDomain.Cpu, "cpu:0", 100, 40),
        ]) with
        {
            Gpus = [Telemetry("gpu:a", 80), Telemetry("gpu:b", 60), Telemetry("gpu:unused", 0)],
            LoadJ = new Joules(5000),
            WarmupJ = new Joules(4000),
            PhaseEnergyMethod = "phase_stamped",
            SteadyState = new RawSteadyState("full_batches", 1.05, 9.05, new Joules(4800), null),
            ThermalThrottle = new ThermalThrottleInfo(
                false, false, false, false, false, false, false, "negligible", "time_counters", 0, 0, 0.2, 0, 60, 5, []),
        },
        [Process(0, ["gpu:a"]), Process(1, ["gpu:b"])],
        [],
        []);

    /// <summary>Everything that can be unknown is.</summary>
    public static RawRun Bare()
    {
        var run = Cpu();
        var process = run.Processes[0].Process with
        {
            ProcessId = null,
            Totals = new ProcessTotals(0, 0, 0, 0, null, null, null),
            RequestLines = 0,
            PrefillSec = null,
            DecodeSec = null,
            Flops = new FlopsRecord(null, null, null, null, null, null, null, null, "no_architecture"),
            Memory = new ProcessMemory(null, null, null, null, "engine_does_not_tell"),
        };
        return run with
        {
            Experiment = run.Experiment with
            {
                Model = new ModelFacts(null, null, null, null, null, null),
                Dataset = new DatasetRecord("file", null, 1, null, null),
                EngineEffective = null,
                TimeseriesPath = null,
                Environment = new EnvironmentPair(null, new JsonObject { ["gpu"] = null }),
                Baselines = [new BaselineRecord(BaselineKind.DriverIdle, EnergyDomain.Cpu, "cpu:0", null, null, 0, null, null, null, null, "estimated")],
                Phases = [new PhaseRecord("load", 0, 1, [new PhaseEnergy(EnergyDomain.Cpu, "cpu:0", null, null, "too_short")])],
            },
            Host = null,
            Processes = [new RawProcessRun(process, [])],
        };
    }

    public static RawExperiment Experiment(int processes) => new(
        RawExperiment.Schema,
        "lem",
        "0.1.0",
        Identity(),
        new ConfigurationRecord(
            new JsonObject { ["config_name"] = "sample", ["adapter"] = null },
            new JsonObject { ["config_name"] = new JsonObject { ["source"] = "file" } },
            ["quick-test"],
            [],
            []),
        Time(0),
        Time(40),
        new Timestamps(Time(20), Time(30), WindowSec),
        new EnvironmentPair(new JsonObject { ["cpu"] = "test" }, new JsonObject { ["cpu"] = "test" }),
        [],
        null,
        [new PhaseRecord("measure", 20, 10, [new PhaseEnergy(EnergyDomain.Cpu, "cpu:0", new Joules(900), EnergyMethod.Estimated, null)])],
        new JsonObject { ["n_ctx"] = 512 },
        new ModelFacts(new JsonObject { ["layers"] = 6 }, 15_000_000, 12_000_000, 30_000_000, "fp16", "fp16"),
        new DatasetRecord("builtin:starter", "1", Requests, 0, "00"),
        new LatencyObjectives(),
        null,
        processes,
        false,
        "timeseries.csv",
        [new Finding("cpu_estimate_shared_machine", FindingSeverity.Warning, "The CPU is shared.", "measure", "Measure on a machine of your own.")],
        []);

    public static RawHost Host(IReadOnlyList<DomainEnergyRecord> domains) => new(
        RawExperiment.Schema,
        "20260131T120000Z-sample-0a1b2c3d",
        "host",
        domains,
        [new SamplerQuality("cpu:0", "estimate", 1000, 1000, 0, 11, 10, null, null)],
        [],
        new ThermalThrottleInfo(Reason: "no_gpu"),
        new MeasurementOverhead(0.01, 0.001, 1000, 0, 0.01, 0.2, 0.5, 0.001, 10_000, 0),
        null,
        null,
        null);

    public static RawProcess Facts(int index, IReadOnlyList<string> devices) => new(
        RawExperiment.Schema,
        "20260131T120000Z-sample-0a1b2c3d",
        index,
        1000 + index,
        "llamacpp",
        null,
        devices,
        20,
        30,
        new ProcessTotals(Requests, 0, 100, 460, 0, Requests, 1),
        Requests,
        "",
        1,
        9,
        new FlopsRecord(5.6e9, 6e9, 1e9, 4.6e9, 1.2e9, 4.8e9, "architecture", "medium", null),
        new ProcessMemory(512L << 20, 256L << 20, 128L << 20, 128L << 20, null),
        null,
        null);

    public static IEnumerable<RequestRecord> Lines(double offset = 0) => Enumerable.Range(0, Requests).Select(i => new RequestRecord(
        i, i, i + offset, i + offset, i + offset + 0.1, i + offset + 1, 10, 46, "engine", [.. Enumerable.Repeat(20_000, 45)], null, true, null, PrefillS: i + offset + 0.01, TokenizeMs: 0.5));

    public static RawProcessRun Process(int index, IReadOnlyList<string> devices) => new(Facts(index, devices), [.. Lines()]);

    static ExperimentIdentity Identity() => new(
        "20260131T120000Z-sample-0a1b2c3d", "sample", 0, 1, "synthetic:15m", null, "llamacpp", null, null, "ff", true, null);

    static DateTimeOffset Time(double seconds) => new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddSeconds(seconds);

    static BaselineRecord Idle(EnergyDomain domain, string device, double watts) =>
        new(BaselineKind.ContextIdle, domain, device, new Watts(watts), 0.01, 300, 30, true, "fresh", null, null);

    static BaselineRecord Cached(EnergyDomain domain, string device, double watts) =>
        new(BaselineKind.DriverIdle, domain, device, new Watts(watts), 0.01, 300, 30, true, "cached", 600, null);

    static GpuTelemetry Telemetry(string device, double utilisation) =>
        new(device, "Test GPU", false, 1024, 512, utilisation, utilisation / 2, 100, 60, 1e12);

    static DomainEnergyRecord Counted(EnergyDomain domain, string device, double watts, double idle) => new(
        domain,
        device,
        new Joules(watts * WindowSec),
        new Joules((watts - idle) * WindowSec),
        new Joules((watts - idle + 5) * WindowSec),
        null,
        new Watts(idle),
        EnergyMethod.Counter,
        "good",
        new Joules(watts * WindowSec * 0.05),
        new Joules(watts * WindowSec * 0.06),
        null,
        null,
        new Joules(watts * WindowSec),
        new Joules(watts * WindowSec),
        new Joules(watts),
        new Joules(watts * 9));
}

using System.Text.Json;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Secrets;
using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Environments;
using Lem.Core.Results.Storage;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Baselines;
using Lem.Measurement.Engines;
using Lem.Measurement.Experiments;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Hosts;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Shared.Nvml;

namespace Lem.Tests.Fakes;

/// <summary>
/// A bench for whole experiments on a manual clock: a machine of known power or scenario GPUs, an engine of known pace, a results folder of its own.
/// </summary>
sealed class ExperimentBench : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lem-bench").FullName;

    readonly NvmlScenario? _gpus;

    public ExperimentBench(params string[] gpus) => Machine = new(Clock, watts: 60, gpus);

    /// <summary>Measures these GPUs instead of the machine; they live on the bench's clock.</summary>
    public ExperimentBench(NvmlScenario gpus)
        : this()
    {
        _gpus = gpus;
        Clock.Moved = gpus.SetTime;
    }

    public ManualClock Clock { get; } = new();

    public PoweredMachine Machine { get; }

    public ResultsDirectory Results => new(_folder);

    public RawStore Raw => new(Results, Clock, Secrets);

    public SecretRedactor Secrets { get; init; } = new(new Dictionary<string, string>());

    /// <summary>What cannot be measured on the machine.</summary>
    public IReadOnlyList<UnavailableReason> Unavailable { get; init; } =
        [new(EnergyDomain.Gpu, null, "nvml_library_missing", "there is no NVML here")];

    /// <summary>An engine that draws 100 W while it works: 100 ms of prefill, then a token every 20 ms.</summary>
    public SteadyEngine Engine(
        int breaksAtBatch = -1,
        Action<int>? beforeBatch = null,
        ExecutedFlops? traced = null,
        ModelArchitecture? architecture = null,
        IReadOnlyList<string>? devices = null,
        string? words = null) =>
        new(Clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20))
        {
            BreaksAtBatch = breaksAtBatch,
            Traced = traced ?? ExecutedFlops.None("this engine does not trace"),
            Architecture = architecture,
            Devices = devices ?? ["cpu"],
            Words = words,
            BeforeBatch = batch =>
            {
                Machine.Draw(100);
                beforeBatch?.Invoke(batch);
            },
            AfterBatch = () => Machine.Draw(60),
        };

    /// <summary>Whether the machine's own meter can be read.</summary>
    public bool MeasuresProcessor { get; init; } = true;

    /// <summary>Whether the engine's processes are no descendants of the tests'.</summary>
    public bool IsEngineOutOfSight { get; set; }

    /// <summary>Meters beside the machine's own.</summary>
    public List<IEnergySource> MoreSources { get; } = [];

    public static ExperimentConfig Config(int outputTokens = 496, int prompts = 1, int cycles = 1) => new(
        ConfigName: "known-answer",
        ModelName: "synthetic:tiny",
        MaxOutputTokens: outputTokens,
        NumInputPrompts: prompts,
        Dataset: new DatasetConfig("builtin:starter", SampleSize: null),
        Warmup: new WarmupConfig(MinPrompts: 3, MaxPrompts: 12, WindowSize: 3),
        Baseline: new BaselineConfig(DurationSec: 5),
        NumCycles: cycles,
        RandomSeed: 1);

    public const string FirstId = "20260102T030405Z-known-answer-00000001";

    /// <summary>Idle powers that all experiments of the bench share.</summary>
    public BaselineCache Baselines => new(Path.Combine(_folder, "cache", "baselines.json"), "bench", Clock);

    public ExperimentPlan Plan(ExperimentConfig config, string id = FirstId) => new(
        id, "test", JsonSerializer.SerializeToNode(config, ConfigJson.Default.ExperimentConfig)?.AsObject() ?? [], [], [], [], [], "hash", config.NumCycles, 1,
        Prompts(config).Hash(), null, _folder, Clock.GetUtcNow());

    /// <summary>Runs the cycles that are not complete yet.</summary>
    public Task<IReadOnlyList<ExperimentEvent>> RunAsync(ExperimentConfig config, IEngine engine, CancellationToken stop = default) =>
        RunAsync(config, engine, FirstId, stop);

    /// <summary>Runs the cycles of this experiment that are not complete yet.</summary>
    public async Task<IReadOnlyList<ExperimentEvent>> RunAsync(ExperimentConfig config, IEngine engine, string id, CancellationToken stop)
    {
        var reasons = new List<UnavailableReason>();
        var findings = new List<Finding>();
        var cudaGpus = new List<string>();
        using var meter = new EnergyMeter(Sources(config, reasons, findings, cudaGpus), Clock);
        var events = new List<ExperimentEvent>();
        await foreach (var e in Runner(config, engine, meter, reasons, findings, id, cudaGpus).RunAsync(stop))
            events.Add(e);
        return events;
    }

    /// <summary>Reads one event and no more.</summary>
    public async Task ReadFirstAsync(ExperimentConfig config, IEngine engine)
    {
        using var meter = new EnergyMeter([Machine], Clock);
        await foreach (var _ in Runner(config, engine, meter, [], []).RunAsync(CancellationToken.None))
            break;
    }

    List<IEnergySource> Sources(ExperimentConfig config, List<UnavailableReason> reasons, List<Finding> findings, List<string> cudaGpus)
    {
        if (_gpus is null)
        {
            reasons.AddRange(Unavailable);
            return MeasuresProcessor ? [Machine, .. MoreSources] : MoreSources;
        }

        var options = new EnergyOptions(config.Gpus?.Select(gpu => gpu.ToString()).ToList(), NvmlLibrary: _gpus.Path);
        return NvmlEnergySource.Open(options, Clock, reasons, findings, cudaGpus) is { } source ? [source, .. MoreSources] : MoreSources;
    }

    ExperimentRunner Runner(
        ExperimentConfig config, IEngine engine, EnergyMeter meter, IReadOnlyList<UnavailableReason> reasons, IReadOnlyList<Finding> findings, string id = FirstId,
        IReadOnlyList<string>? cudaGpus = null)
    {
        var plan = Plan(config, id);
        int[] missing = [.. Enumerable.Range(0, config.NumCycles).Where(c => !Raw.IsComplete(ExperimentId.OfWindow(plan.ExperimentId, c, config.NumCycles)))];
        var parts = new ExperimentParts(
            engine, meter, reasons, findings,
            Clock.Every, Snapshot, () => "", Secrets.Redact, () => null, Clock, Baselines)
        {
            CudaGpus = cudaGpus ?? [],
            IsEngineOutOfSight = IsEngineOutOfSight,
        };
        return new ExperimentRunner(plan, new(config, Prompts(config), missing, Results, Raw), parts);
    }

    EnvironmentSnapshot Snapshot() => new(Clock.GetUtcNow(), "test", Gpus: _gpus is null ? null : GpuTopology.Read(_gpus.Path, out _));

    public ExperimentResult Result(ExperimentConfig config, int cycle = 0, string id = FirstId) => Aggregator.Aggregate(
        new RawRunReader(Results).Read(ExperimentId.OfWindow(id, cycle, config.NumCycles)), new AggregationOptions());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static PromptSet Prompts(ExperimentConfig config) => PromptSource.Open(config, ".");
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Lem.Core.Configuration.Engines;

namespace Lem.Core.Configuration;

/// <summary>One experiment, fully resolved: what runs, on what, under which load, and how it is measured.</summary>
/// <param name="ModelName">Hugging Face id, local directory or .gguf file, <c>org/repo:file.gguf</c> or <c>org/repo:Q4_K_M</c>, or <c>synthetic:&lt;shape&gt;</c>.</param>
/// <param name="Backend">Null only before loading; see <see cref="ResolvedBackend"/>.</param>
/// <param name="MaxInputTokens">Longer prompts are cut; null = never cut.</param>
/// <param name="Dataset">Null where <paramref name="Prompts"/> stands in its place.</param>
/// <param name="Gpus">Null = the engine's choice, known once it is loaded (llamacpp, remote servers).</param>
/// <param name="FpPrecision">Null = the file's own (llamacpp) or the server's.</param>
/// <param name="Concurrency">
/// Closed loop: requests in flight. Null on servers: all at once, unless somebody set <c>batching.batch_size</c>, which then stands here; on llamacpp: static batches.
/// </param>
public sealed record ExperimentConfig(
    string ConfigName = "",
    string? Preset = null,
    string ModelName = "",
    string? ModelRevision = null,
    string? Adapter = null,
    Backend? Backend = null,
    Runner Runner = Runner.Auto,
    TaskType TaskType = TaskType.TextGeneration,
    bool IsEncoderDecoder = false,
    int? MaxInputTokens = 512,
    int MaxOutputTokens = 128,
    int MinOutputTokens = 0,
    int? NumInputPrompts = null,
    bool SaveOutputs = false,
    DatasetConfig? Dataset = null,
    PromptsConfig? Prompts = null,
    IReadOnlyList<GpuId>? Gpus = null,
    int NumProcesses = 1,
    Precision? FpPrecision = null,
    DecoderConfig? Decoder = null,
    BatchingConfig? Batching = null,
    TrafficConfig? TrafficSimulation = null,
    int? Concurrency = null,
    SloConfig? Slo = null,
    bool Streaming = false,
    int StreamingWarmupRequests = 5,
    WarmupConfig? Warmup = null,
    PromptReuse PromptReuse = PromptReuse.Cold,
    BaselineConfig? Baseline = null,
    TimeSeriesConfig? Timeseries = null,
    StatisticsConfig? Statistics = null,
    EnergyConfig? Energy = null,
    FlopsConfig? Flops = null,
    bool ForceColdStart = false,
    int NumCycles = 1,
    int? RandomSeed = null,
    ScheduleConfig? Schedule = null,
    IoConfig? Io = null,
    JsonObject? ExtraMetadata = null,
    ServerConfig? Server = null,
    PythonConfig? Python = null,
    DockerConfig? Docker = null,
    JsonObject? Pytorch = null,
    JsonObject? Vllm = null,
    JsonObject? Tensorrt = null,
    JsonObject? Openai = null,
    JsonObject? Llamacpp = null)
{
    // Sections are never null: a section that is not given is the section's defaults.
    public DecoderConfig Decoder { get; init; } = Decoder ?? new();

    public BatchingConfig Batching { get; init; } = Batching ?? new();

    public TrafficConfig TrafficSimulation { get; init; } = TrafficSimulation ?? new();

    public SloConfig Slo { get; init; } = Slo ?? new();

    public WarmupConfig Warmup { get; init; } = Warmup ?? new();

    public BaselineConfig Baseline { get; init; } = Baseline ?? new();

    public TimeSeriesConfig Timeseries { get; init; } = Timeseries ?? new();

    public StatisticsConfig Statistics { get; init; } = Statistics ?? new();

    public EnergyConfig Energy { get; init; } = Energy ?? new();

    public FlopsConfig Flops { get; init; } = Flops ?? new();

    public ScheduleConfig Schedule { get; init; } = Schedule ?? new();

    public IoConfig Io { get; init; } = Io ?? new();

    public JsonObject ExtraMetadata { get; init; } = ExtraMetadata ?? [];

    public ServerConfig Server { get; init; } = Server ?? new();

    public PythonConfig Python { get; init; } = Python ?? new();

    public DockerConfig Docker { get; init; } = Docker ?? new();

    /// <summary>The engine: the one given; else openai where a server is named, llamacpp for .gguf files and synthetic models, pytorch for all others.</summary>
    [JsonIgnore]
    public Backend ResolvedBackend => Backend ?? (Server is { Url: null, Command: null } ? BackendRule.For(ModelName) : Configuration.Backend.Openai);

    /// <summary>The parameters given for the engine that runs.</summary>
    [JsonIgnore]
    public EngineSection Engine => Section(ResolvedBackend);

    /// <summary>The parameters given for one engine; none when it has no section.</summary>
    public EngineSection Section(Backend backend) => new(ParameterTables.For(backend), Values(backend) ?? []);

    /// <summary>Whether a section stands here for this engine, be it empty.</summary>
    public bool HasSection(Backend backend) => Values(backend) is not null;

    public IEnumerable<ConfigError> Validate() => ExperimentRules.Validate(this);

    JsonObject? Values(Backend backend) => backend switch
    {
        Configuration.Backend.Pytorch => Pytorch,
        Configuration.Backend.Vllm => Vllm,
        Configuration.Backend.Tensorrt => Tensorrt,
        Configuration.Backend.Openai => Openai,
        _ => Llamacpp,
    };
}

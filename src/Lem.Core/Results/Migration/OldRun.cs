using System.Text.Json.Nodes;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Core.Results.Migration;

/// <summary>What an older tool recorded of one measured window, sorted into the terms of this one. Null = it did not record it.</summary>
sealed record OldRun
{
    public required OldForm Form { get; init; }

    public required string Schema { get; init; }

    public required IReadOnlyList<MigrationSource> Sources { get; init; }

    public required string OriginalId { get; init; }

    public string? OriginalVersion { get; init; }

    public required string ConfigName { get; init; }

    public required string ModelName { get; init; }

    public required string Backend { get; init; }

    public string? BackendVersion { get; init; }

    public required string ConfigHash { get; init; }

    public int CycleIndex { get; init; }

    public int CycleCount { get; init; } = 1;

    /// <summary>Of the whole experiment.</summary>
    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>What the energy is of.</summary>
    public required Timestamps Window { get; init; }

    /// <summary>First send to last token as far as it is known.</summary>
    public required double InferenceSec { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>Zero where input and output cannot be told apart.</summary>
    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long? Requests { get; init; }

    /// <summary>Of each process, as it said itself.</summary>
    public double? MeanProcessTokensPerSecond { get; init; }

    public Joules? Total { get; init; }

    /// <summary>Why there is no total.</summary>
    public string? WhyNoTotal { get; init; }

    public EnergyMethod? Method { get; init; }

    public Joules? Gpu { get; init; }

    public Joules? Cpu { get; init; }

    public Joules? Ram { get; init; }

    public Watts? GpuPower { get; init; }

    public Watts? CpuPower { get; init; }

    public double? EmissionsKg { get; init; }

    /// <summary>With idle before loading subtracted: the only idle the older tools measured.</summary>
    public Joules? AboveDriverIdle { get; init; }

    public Watts? DriverIdle { get; init; }

    public string? BaselineMethod { get; init; }

    public double? BaselineAgeSec { get; init; }

    public IReadOnlyList<DomainEnergyRecord> Domains { get; init; } = [];

    public double? Flops { get; init; }

    public string? FlopsMethod { get; init; }

    public string? FlopsConfidence { get; init; }

    public string? Precision { get; init; }

    public double? PeakMemoryMb { get; init; }

    public double? ModelMemoryMb { get; init; }

    public required LatencyStats Latency { get; init; }

    public required ExtendedMetrics Extended { get; init; }

    public required ThermalThrottleInfo Throttle { get; init; }

    public WarmupResult? Warmup { get; init; }

    public SteadyState SteadyState { get; init; } = new();

    public EnvironmentPair Environment { get; init; } = new(null, null);

    public JsonObject EffectiveConfig { get; init; } = [];

    public JsonObject Provenance { get; init; } = [];

    public JsonObject CliOverrides { get; init; } = [];

    public IReadOnlyList<string> PresetChain { get; init; } = [];

    public IReadOnlyList<string> ConfigWarnings { get; init; } = [];

    public required AggregationRecord Aggregation { get; init; }

    public IReadOnlyList<ProcessResult> Processes { get; init; } = [];

    public string? TimeseriesPath { get; init; }

    /// <summary>Why fields are null, and which were derived.</summary>
    public required Reasons Reasons { get; init; }

    public required List<string> Derived { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

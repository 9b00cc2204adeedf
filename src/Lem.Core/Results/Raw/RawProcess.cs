using System.Text.Json.Nodes;

namespace Lem.Core.Results.Raw;

/// <summary>process_&lt;N&gt;.json: one engine process over the window.</summary>
/// <param name="Devices">Where this process computed: <c>gpu:&lt;uuid&gt;</c>, which it alone used, <c>cpu</c>, which all processes share, or <see cref="Elsewhere"/>.</param>
/// <param name="WindowStartS">This process's first send, seconds since experiment start on the shared monotonic clock.</param>
/// <param name="WindowEndS">Its last token or failure on the same clock.</param>
/// <param name="RequestsSha256">Hash of requests_&lt;N&gt;.jsonl, lower-case hex; the completion marker's hash of this file thus covers both.</param>
/// <param name="PrefillSec">Time in which prompts were computed, where the engine stamps phases.</param>
/// <param name="EngineStatistics">The engine's own counters, as it names them.</param>
public sealed record RawProcess(
    string SchemaVersion,
    string ExperimentId,
    int ProcessIndex,
    int? ProcessId,
    string Backend,
    string? BackendVersion,
    IReadOnlyList<string> Devices,
    double WindowStartS,
    double WindowEndS,
    ProcessTotals Totals,
    long RequestLines,
    string RequestsSha256,
    double? PrefillSec,
    double? DecodeSec,
    FlopsRecord Flops,
    ProcessMemory Memory,
    KvCacheStatistics? KvCache,
    JsonObject? EngineStatistics,
    string? EnergyMeasurementWarning = null)
{
    /// <summary>The device of a process on another machine: nothing that is measured here is its own.</summary>
    public const string Elsewhere = "elsewhere";
}

using System.Text.Json.Nodes;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results;

/// <summary>One engine process's part in the result.</summary>
/// <param name="WindowStartS">First send, seconds since experiment start.</param>
/// <param name="WindowEndS">Last token on the same clock.</param>
public sealed record ProcessResult(
    int ProcessIndex,
    int? ProcessId,
    string Backend,
    string? BackendVersion,
    IReadOnlyList<string> Devices,
    double WindowStartS,
    double WindowEndS,
    ProcessTotals Totals,
    double? TokensPerSecond,
    double? PrefillSec,
    double? DecodeSec,
    FlopsRecord Flops,
    ProcessMemory Memory,
    KvCacheStatistics? KvCache,
    JsonObject? EngineStatistics,
    string? EnergyMeasurementWarning);

using System.Text.Json.Nodes;
using Lem.Core.Results.Raw;

namespace Lem.Measurement.Engines;

/// <summary>What an engine itself counted from the opening of a window to its close.</summary>
/// <param name="KvCache">Null where it has no such counters.</param>
/// <param name="Statistics">Everything else it tells, by names of ours where engines mean the same by different ones.</param>
public sealed record EngineCounts(KvCacheStatistics? KvCache, JsonObject? Statistics)
{
    public static EngineCounts None { get; } = new(null, null);
}

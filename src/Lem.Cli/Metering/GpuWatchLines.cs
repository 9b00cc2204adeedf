using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Reporting;
using Lem.Reporting.Tables;

namespace Lem.Cli.Metering;

/// <summary>One look at all GPUs, as a table and as a line of JSON.</summary>
static class GpuWatchLines
{
    static readonly PlainTable Table = new(
        new TableColumn("GPU", RightAligned: true), new TableColumn("NAME", Elastic: true), new TableColumn("POWER", RightAligned: true),
        new TableColumn("ENERGY", RightAligned: true), new TableColumn("BUSY", RightAligned: true), new TableColumn("MEMORY", RightAligned: true),
        new TableColumn("TEMP", RightAligned: true), new TableColumn("SM / MEM CLOCK", RightAligned: true), new TableColumn("HELD BACK BY"));

    public static IReadOnlyList<string> Render(IReadOnlyList<GpuReading> gpus, DateTimeOffset now, TimeSpan elapsed) =>
    [
        $"{now.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC · energy of the last {Figures.Duration(elapsed.TotalSeconds)} · Ctrl-C ends",
        .. Table.Render(gpus.Select(Row)),
    ];

    public static JsonObject Json(IReadOnlyList<GpuReading> gpus, DateTimeOffset now, TimeSpan elapsed) => new()
    {
        ["time"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["elapsed_s"] = elapsed.TotalSeconds,
        ["gpus"] = new JsonArray([.. gpus.Select(Json)]),
    };

    static IReadOnlyList<string?> Row(GpuReading gpu) =>
    [
        gpu.Index?.ToString(CultureInfo.InvariantCulture),
        gpu.Name ?? gpu.Device,
        gpu.Power is { } power ? Figures.Si(power.Value, "W") : null,
        gpu.Energy is { } energy ? Figures.Si(energy.Value, "J") : null,
        gpu.Sample?.SmPercent is { } busy ? $"{busy} %" : null,
        gpu.Sample?.MemoryUsedBytes is { } used ? $"{Figures.Si(used, "B")} / {Figures.Si(gpu.MemoryTotalBytes, "B")}" : null,
        gpu.Sample?.TemperatureCelsius is { } celsius ? $"{celsius} °C" : null,
        gpu.Sample is { SmMegahertz: { } sm } sample ? $"{sm} / {sample.MemoryMegahertz?.ToString(CultureInfo.InvariantCulture) ?? "–"} MHz" : null,
        gpu.Reason is { } reason ? $"({reason})" : ClockReasons.Of(gpu.Sample?.ReasonBits) is { } words ? words.Count == 0 ? "nothing" : string.Join(", ", words) : null,
    ];

    static JsonObject Json(GpuReading gpu) => new()
    {
        ["index"] = gpu.Index,
        ["device"] = gpu.Device,
        ["name"] = gpu.Name,
        ["power_w"] = gpu.Power?.Value,
        ["energy_j"] = gpu.Energy?.Value,
        ["sm_pct"] = gpu.Sample?.SmPercent,
        ["mem_pct"] = gpu.Sample?.MemoryPercent,
        ["memory_used_bytes"] = gpu.Sample?.MemoryUsedBytes,
        ["memory_total_bytes"] = gpu.MemoryTotalBytes,
        ["temperature_c"] = gpu.Sample?.TemperatureCelsius,
        ["sm_clock_mhz"] = gpu.Sample?.SmMegahertz,
        ["memory_clock_mhz"] = gpu.Sample?.MemoryMegahertz,
        ["performance_state"] = gpu.Sample?.PerformanceState,
        ["clock_reasons"] = ClockReasons.Of(gpu.Sample?.ReasonBits) is { } words ? new JsonArray([.. words.Select(word => (JsonNode)word)]) : null,
        ["reason"] = gpu.Reason,
    };
}

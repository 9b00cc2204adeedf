using Lem.Core.Results.Environments;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Migration;

/// <summary>Throttling, warm-up and the machine as the older tools recorded them.</summary>
static class OldConditions
{
    const double Megabyte = 1024 * 1024;

    public static ThermalThrottleInfo Throttle(OldDocument? old) => old is null
        ? new ThermalThrottleInfo(Reason: "not_recorded_by_the_older_tool")
        : new ThermalThrottleInfo(
            old.Flag("detected"),
            old.Flag("thermal") is { } thermal ? thermal || MissedHardware(old) : null,
            old.Flag("power"),
            old.Flag("sw_thermal"),
            old.Flag("hw_thermal"),
            old.Flag("hw_power"),
            Method: "reason_bits",
            ThrottleDurationSec: old.Number("throttle_duration_sec"),
            MaxTemperatureC: old.Positive("max_temperature_c"));

    /// <summary>The predecessor asked only the software bit for its <c>thermal</c>.</summary>
    public static bool MissedHardware(OldDocument throttle) => throttle.Flag("hw_thermal") == true && throttle.Flag("thermal") == false;

    public static WarmupResult? Warmup(OldDocument? old)
    {
        if (old is null)
            return null;
        var converged = old.Flag("converged") ?? throw OldDocument.Missing("warmup_result.converged");
        return new WarmupResult(
            converged,
            TookNoTime(old) ? null : old.Number("final_cv"),
            Whole(old.Count("iterations_completed")),
            old.Number("target_cv") ?? 0,
            Whole(old.Count("max_prompts")),
            old.Numbers("latencies_ms"),
            converged ? "converged" : "max_prompts",
            null,
            null);
    }

    /// <summary>Some engines' warm-up was recorded with latencies of zero: a mark, no measurement.</summary>
    public static bool TookNoTime(OldDocument warmup) => warmup.Numbers("latencies_ms") is { Count: > 0 } latencies && latencies.All(latency => latency == 0);

    /// <param name="old">gpu, cuda, thermal, cpu, container, collected_at.</param>
    /// <param name="toolVersion">Version of the older tool, where it is known.</param>
    public static EnvironmentPair Environment(OldDocument? old, string? toolVersion)
    {
        if (old?.Time("collected_at") is not { } taken)
            return new EnvironmentPair(null, null);
        var gpu = new GpuSnapshot(
            0,
            null,
            Known(old.Text("gpu.name")),
            ComputeCapability: old.Text("gpu.compute_capability"),
            MemoryTotalBytes: old.Positive("gpu.vram_total_mb") is { } mb and < 1e12 ? (long)(mb * Megabyte) : null,
            PowerLimitW: old.Positive("thermal.power_limit_w"),
            DefaultPowerLimitW: old.Positive("thermal.default_power_limit_w"),
            TemperatureC: old.Number("thermal.temperature_c") is > -300 and < 1000 and var celsius ? (int)Math.Round(celsius) : null);
        return new EnvironmentPair(
            EnvironmentJson.ToJson(new EnvironmentSnapshot(
                taken,
                toolVersion ?? "unknown",
                Gpus: [gpu],
                Driver: new DriverSnapshot(Known(old.Text("cuda.driver_version")), null, Known(old.Text("cuda.version"))),
                Cpu: new CpuSnapshot(Known(old.Text("cpu.model")), Governor: Known(old.Text("cpu.governor"))),
                OperatingSystem: Known(old.Text("cpu.platform")),
                Container: old.Flag("container.detected") switch { true => old.Text("container.runtime") ?? "other", false => "none", _ => null })),
            null);
    }

    static string? Known(string? text) => text is null or "" or "unknown" ? null : text;

    static int Whole(long? count) => (int)Math.Min(count ?? 0, int.MaxValue);
}

using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Results.Environments;

namespace Lem.Measurement.Hosts;

/// <summary>Whether an engine that was ended has given back the memory of its GPUs.</summary>
static class GpuMemory
{
    const double NotableFraction = 0.05;

    // An idle GPU holds nearly nothing, and the driver's own use of it varies by some megabytes.
    const long NotableBytes = 64L << 20;

    /// <summary>The GPUs that hold notably more than before the engine was started.</summary>
    /// <param name="devices">The GPUs that take part (<c>gpu:&lt;uuid&gt;</c>).</param>
    public static IReadOnlyList<Finding> NotReleased(EnvironmentSnapshot before, EnvironmentSnapshot after, IReadOnlyCollection<string> devices)
    {
        var findings = new List<Finding>();
        foreach (var first in before.Gpus ?? [])
        {
            var device = $"gpu:{first.Uuid}";
            if (!devices.Contains(device)
                || first.MemoryUsedBytes is not { } was || after.Gpus?.FirstOrDefault(gpu => gpu.Uuid == first.Uuid)?.MemoryUsedBytes is not { } now
                || now - was <= Math.Max(NotableBytes, (long)(was * NotableFraction)))
                continue;
            findings.Add(new(
                "gpu_memory_not_released",
                FindingSeverity.Warning,
                $"GPU {first.Index} holds {now >> 20} MiB after the engine has ended, and held {was >> 20} MiB before it was started",
                "unload",
                "nvidia-smi says which process holds it. What is left of an engine takes memory and power from the next measurement.",
                new JsonObject { ["device"] = device, ["before_bytes"] = was, ["after_bytes"] = now }));
        }

        return findings;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Lem.Core.Results.Comparison;

/// <summary>What of a machine decides whether its joules may stand beside another's; null = the result does not tell.</summary>
/// <param name="Name">Host name; null inside a container, where it changes from start to start.</param>
/// <param name="Gpus">Names and UUIDs of the GPUs whose energy counts.</param>
/// <param name="PowerLimits">Enforced limits of the same GPUs.</param>
sealed record ComparedMachine(string? Name, string? Processor, string? Gpus, string? PowerLimits, string? Driver)
{
    // Snapshots are read leniently: a result may be older than a field, or another tool's.
    public static ComparedMachine Of(ExperimentResult result)
    {
        var machine = result.Environment.Before;
        var counted = result.EnergyBreakdown.Domains
            .Where(domain => domain.Domain == EnergyDomain.Gpu && domain.RawJ is not null)
            .Select(domain => domain.Device)
            .Order(StringComparer.Ordinal)
            .ToList();
        var snapshots = (machine?["gpus"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(gpu => (Device: $"gpu:{Text(gpu["uuid"])}", Gpu: gpu))
            .DistinctBy(gpu => gpu.Device)
            .ToDictionary(gpu => gpu.Device, gpu => gpu.Gpu);
        return new(
            Text(machine?["container"]) is null or "none" ? Text(machine?["hostname"]) : null,
            Text((machine?["cpu"] as JsonObject)?["model"]),
            Join(counted.Select(device => $"{Text(snapshots.GetValueOrDefault(device)?["name"])} {device}".TrimStart())),
            Join(counted.Select(device => Watts(snapshots.GetValueOrDefault(device)))),
            Text((machine?["driver"] as JsonObject)?["driver"]));
    }

    static string? Join(IEnumerable<string?> facts) =>
        facts.ToList() is { Count: > 0 } all && all.TrueForAll(fact => fact is not null) ? string.Join(" + ", all) : null;

    static string? Watts(JsonObject? gpu) =>
        gpu?["enforced_power_limit_w"] is JsonValue value && value.TryGetValue<double>(out var watts)
            ? string.Create(CultureInfo.InvariantCulture, $"{watts:0} W")
            : null;

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

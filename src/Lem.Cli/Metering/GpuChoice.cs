using Lem.Core;
using Lem.Measurement.Energy;

namespace Lem.Cli.Metering;

/// <summary>The value of <c>--gpus</c>: which GPUs are metered.</summary>
static class GpuChoice
{
    /// <summary>Null = all that are visible; empty = none.</summary>
    public static IReadOnlyList<string>? Parse(string? text) => text switch
    {
        null or "all" => null,
        "none" or "" => [],
        _ => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    };

    /// <summary>GPUs that were asked for by name must be there: better told now than after the program.</summary>
    /// <exception cref="LemException">One of them cannot be measured.</exception>
    public static void Check(IReadOnlyList<string>? wanted, EnergySources sources)
    {
        if (wanted is { Count: > 0 } && sources.Unavailable.FirstOrDefault(u => u.Domain == Core.Results.EnergyDomain.Gpu) is { } missing)
            throw new LemException(missing.Message, missing.Hint ?? "lem gpus lists what there is; lem doctor says what stands in the way.");
    }
}

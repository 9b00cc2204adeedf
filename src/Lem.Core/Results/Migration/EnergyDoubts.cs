using System.Text.Json.Nodes;
using Lem.Core.Units;

namespace Lem.Core.Results.Migration;

/// <summary>What the older tools are known to get wrong about energy, as far as a file shows it.</summary>
static class EnergyDoubts
{
    // What trackers that saw the same GPUs differ by at most: their windows are not quite the same.
    const double AlikeRatio = 1.25;

    // A baseline may be subtracted over a little more than the tokens took: the tracker's own start and end.
    const double LargestBaselineShare = 1.1;

    const double ShortWindowSec = 5;

    public static IEnumerable<Finding> Of(OldRun run, IReadOnlyList<OldProcess> processes, double? powerLimitW)
    {
        if (run.WhyNoTotal is not null)
        {
            yield return new(
                "migrated_energy_missing",
                FindingSeverity.Warning,
                "No energy was measured: the older tools wrote zero where their tracker had failed.",
                Hint: "It is null here, and so is all that would follow from it.");
        }

        if (processes.Count > 1 && run.Total is { } total && Trackers(processes, total, powerLimitW) is { } trackers)
            yield return trackers;
        if (run is { Total: { } gross, AboveDriverIdle: { } above, DriverIdle.Value: > 0 })
        {
            if (Baseline(run, gross, above) is { } baseline)
                yield return baseline;
        }

        if (run is { AboveDriverIdle: not null } && (run.Cpu is not null || run.Ram is not null))
        {
            yield return new(
                "migrated_baseline_of_gpu_only",
                FindingSeverity.Warning,
                "The idle power is the GPU's alone, but was subtracted from an energy that includes processor and memory.",
                Hint: "Subtract it from gpu_energy_j instead, where that is known.");
        }

        if (run.Total is not null && run.Window.DurationSec < ShortWindowSec)
        {
            yield return new(
                "window_short",
                FindingSeverity.Warning,
                $"the measured window lasted {run.Window.DurationSec:0.0} s: energy is unreliable below {ShortWindowSec:0} s",
                "measure",
                Data: new JsonObject { ["window_s"] = run.Window.DurationSec, ["limit_s"] = ShortWindowSec });
        }
    }

    /// <summary>Every worker had a tracker, and every tracker saw all GPUs and the whole host, whatever GPU the worker called its own.</summary>
    static Finding? Trackers(IReadOnlyList<OldProcess> processes, Joules total, double? powerLimitW)
    {
        double[] energies = [.. processes.Select(p => p.EnergyJ).OfType<double>()];
        if (energies.Length < 2)
            return null;
        List<string> evidence = [];
        if (processes.Where(p => p.Gpu is not null).GroupBy(p => p.Gpu).Any(gpu => gpu.Count() > 1))
            evidence.Add("workers_share_a_gpu");
        if (powerLimitW > 0 && processes.Any(p => p.InferenceSec > 0 && p.GpuEnergyJ / p.InferenceSec > powerLimitW))
            evidence.Add("one_gpu_would_exceed_its_power_limit");
        if (energies.Max() <= AlikeRatio * energies.Min())
            evidence.Add("trackers_saw_about_the_same");
        return new(
            "migrated_energy_of_several_trackers",
            evidence.Count > 0 ? FindingSeverity.Invalid : FindingSeverity.Warning,
            $"The energy is the sum over {energies.Length} workers' trackers, each of which saw all GPUs and the whole host: up to {energies.Length} times too high.",
            Hint: "The trackers' mean, in the finding's data, is nearer to the truth; better measure again.",
            Data: new JsonObject
            {
                ["sum_j"] = total.Value,
                ["mean_of_trackers_j"] = energies.Average(),
                ["trackers_j"] = new JsonArray([.. energies.Select(e => (JsonNode)e)]),
                ["evidence"] = new JsonArray([.. evidence.Select(e => (JsonNode)e)]),
            });
    }

    /// <summary>How long the idle power must have been subtracted: (gross − adjusted) ÷ idle power.</summary>
    static Finding? Baseline(OldRun run, Joules gross, Joules above)
    {
        var idle = run.DriverIdle!.Value.Value; // asked by the caller
        var subtracted = (gross - above).Value / idle;
        if (!(subtracted > LargestBaselineShare * run.Window.DurationSec))
            return null;
        return new(
            "migrated_baseline_over_more_than_the_window",
            FindingSeverity.Invalid,
            $"Idle power was subtracted over {subtracted:0.0} s, but the work took {run.Window.DurationSec:0.0} s: loading and warm-up were subtracted too, and the energy above idle is far too low.",
            Hint: "Use the value in the finding's data, or the gross energy.",
            Data: new JsonObject
            {
                ["subtracted_s"] = subtracted,
                ["window_s"] = run.Window.DurationSec,
                ["over_the_window_j"] = gross.Value - idle * run.Window.DurationSec,
            });
    }
}

using Lem.Core.Results;

namespace Lem.Reporting.Summaries;

/// <summary>One result on one screen: what ran where, what it cost and how that is known, and what to doubt.</summary>
public static class ExperimentSummary
{
    /// <summary>Lines of text without colours.</summary>
    public static IReadOnlyList<string> Render(ExperimentResult result)
    {
        var lines = new List<string> { Title(result), Work(result), "" };
        if (result.Migration is { } migration)
            lines.Insert(1, $"measured by an older tool ({migration.Form}, {migration.OriginalId}) and migrated from {migration.Sources[0].File}");
        lines.AddRange(Rows(result).Select(row => $"  {row.Label,-12}{row.Text}"));
        lines.AddRange(FindingLines.Render(result.Findings));
        return lines;
    }

    /// <summary>The figures alone, label and text.</summary>
    static IEnumerable<(string Label, string Text)> Rows(ExperimentResult result)
    {
        var energy = result.EnergyMetrics;
        yield return ("energy", EnergyWords.Total(energy.TotalEnergyJ, energy.TotalEnergyMethod, energy.TotalUncertaintyJ, energy.TotalSystematicJ, energy.TotalPowerW, energy.MeasuredEnergyJ));
        foreach (var domain in result.EnergyBreakdown.Domains)
            yield return ("", EnergyWords.Device(domain));
        yield return ("above idle", AboveIdle(result.EnergyBreakdown));
        yield return ("per token", PerToken(energy));
        yield return ("throughput", $"{Figures.Plain(result.InferenceMetrics.TokensPerSecond)} tok/s in and out · {Figures.Plain(result.InferenceMetrics.OutputTokensPerSecond)} output tok/s");
        if (result.InferenceMetrics is { Prefill.TokensPerSecond: { } prefill, Decode.TokensPerSecond: { } decode })
            yield return ("", $"prefill {Figures.Plain(prefill)} tok/s · decode {Figures.Plain(decode)} tok/s");
        yield return ("latency", $"TTFT {Percentiles(result.LatencyStats.Ttft)} · TPOT {Percentiles(result.LatencyStats.Tpot)}");
        if (result.Load is { Kind: "open_loop" or "closed_loop" } load)
            yield return ("load", LoadWords.Of(load, result.LatencyStats.DispatchDelay));
        if (result.LatencyStats.GoodRequests is { } good)
            yield return ("objectives", LoadWords.Objectives(result.LatencyStats, good, result.InferenceMetrics.Requests));
        if (result.SteadyState is { Found: true } steady)
            yield return ("steady part", Steady(steady));
        if (result.ModelLoad is { LoadTimeSec: { } seconds } loading)
            yield return ("loading", Loading(loading, seconds));
        yield return ("compute", Compute(result.ComputeMetrics));
        yield return ("throttling", EnergyWords.Throttling(result.ThermalThrottle));
    }

    static string Title(ExperimentResult result)
    {
        var model = result.Synthetic ? $"{result.ModelName} (dummy weights)" : result.ModelName;
        var cycle = result.CycleCount > 1 ? $" · cycle {result.CycleIndex + 1} of {result.CycleCount}" : "";
        var partial = result.Partial ? " · PARTIAL: cut short" : "";
        return $"{result.ConfigName}: {model} on {Engine(result)} {result.BackendVersion}{cycle}{partial}";
    }

    // Any server with the interface is an "openai" to the configuration; which one it is it tells itself.
    static string Engine(ExperimentResult result) =>
        result.Backend is "openai" && (string?)result.EngineEffective?["server"] is { } server ? server.Replace('_', '-') : result.Backend;

    static string Work(ExperimentResult result)
    {
        var work = result.InferenceMetrics;
        var failed = work.FailedRequests > 0 ? $" ({Figures.Count(work.FailedRequests)} failed)" : "";
        return $"{Figures.Count(work.Requests)} requests{failed}, {Figures.Count(work.InputTokens)} input + {Figures.Count(work.OutputTokens)} output tokens in {Figures.Duration(work.InferenceTimeSec)}";
    }

    static string AboveIdle(EnergyBreakdown breakdown) => breakdown.AdjustedJ is { } adjusted
        ? $"{Figures.Si(adjusted.Value, "J")} above {Figures.Si(breakdown.BaselinePowerW?.Value, "W")} idle with the model loaded{Cached(breakdown)}"
        : breakdown.AdjustedDriverIdleJ is { } aboveDriver
            ? $"{Figures.Si(aboveDriver.Value, "J")} above idle before the model was loaded"
        : breakdown.Domains.Any(d => d.Method == EnergyMethod.Estimated)
            ? "not known: the idle of an estimate is no measurement"
            : "not known: no idle power was measured";

    static string Cached(EnergyBreakdown breakdown) => breakdown.BaselineCacheAgeSec is { } age
        ? $" · idle before loading: {breakdown.BaselineMethod}, {Figures.Duration(age)} old"
        : "";

    static string PerToken(EnergyMetrics energy) => energy.JoulesPerOutputToken is null
        ? "not known"
        : $"{Figures.Si(energy.JoulesPerOutputToken, "J")} per output token · {Figures.Plain(energy.TokensPerJoule)} tokens/J in and out"
            + (energy.AdjustedJoulesPerOutputToken is { } adjusted ? $" · {Figures.Si(adjusted, "J")} above idle" : "");

    static string Percentiles(DistributionSummary latency) => latency.N == 0
        ? "–"
        : $"p50 {Milliseconds(latency.P50)}, p99 {Milliseconds(latency.P99)}";

    static string Compute(ComputeMetrics compute) => compute.FlopsTotal is null
        ? "not known"
        : $"{Figures.Si(compute.FlopsTotal, "FLOP")} ({compute.FlopsMethod}, {compute.FlopsConfidence} confidence) · {Figures.Si(compute.FlopsPerSecond, "FLOP/s")}";

    static string Steady(SteadyState steady) =>
        $"{Figures.Duration(steady.EndS - steady.StartS ?? 0)} of the window: {Figures.Plain(steady.OutputTokensPerSecond)} output tok/s"
        + (steady.JoulesPerOutputToken is { } joules ? $" · {Figures.Si(joules, "J")} per output token" : "");

    static string Loading(ModelLoad load, double seconds) =>
        $"{Figures.Duration(seconds)}"
        + (load.LoadJ is { } joules ? $" · {Figures.Si(joules.Value, "J")}" : "")
        + (load.ResidentFraction is { } fraction ? $" · {Figures.Percent(fraction)} of its files lay in memory" : "")
        + (load.ForcedCold == true ? " · cold start" : "");

    static string Milliseconds(double? milliseconds) => Figures.Si(milliseconds / 1e3, "s");
}

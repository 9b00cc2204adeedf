using Lem.Measurement.Experiments.Events;
using Lem.Reporting;

namespace Lem.Cli.Terminal;

/// <summary>One line that says where an experiment stands. Rendering is a string.</summary>
static class ProgressLine
{
    public static string Render(ProgressState state, int width)
    {
        var parts = new List<string> { Name(state), Figures.Duration(state.PhaseSeconds) };
        if (state.Phase == ExperimentPhase.Measure)
            parts.Add($"{state.RequestsDone}/{state.RequestsPerCycle} requests");
        if (state.TokensPerSecond is { } rate)
            parts.Add($"{Figures.Plain(rate)} tok/s");
        if (state.Watts is { } watts)
            parts.Add($"{(state.Estimated ? "≈ " : "")}{Figures.Plain(watts)} W");
        if (state.SecondsLeft is { } left)
            parts.Add($"{Figures.Duration(left)} left");
        var line = string.Join(" · ", parts);
        return line.Length <= width ? line : line[..Math.Max(0, width - 1)] + "…";
    }

    /// <summary>The line a phase leaves behind when it is over.</summary>
    public static string RenderEnded(PhaseEnded ended, int cycles) =>
        $"{Name(ended.Phase, ended.Cycle, cycles)} · {Figures.Duration(ended.DurationSeconds)}";

    /// <summary>How often all this is measured; of a resumed experiment, which of its windows are.</summary>
    public static string RenderCycles(ExperimentStarted started) =>
        started.Cycles < started.CycleCount ? $", {(started.Cycles == 1 ? "cycle" : "cycles")} {string.Join(", ", started.CycleNumbers)} of {started.CycleCount}"
        : started.CycleCount > 1 ? $" × {started.CycleCount} cycles"
        : "";

    static string Name(ProgressState state) => state.Phase is { } phase ? Name(phase, state.Cycle, state.Cycles) : "…";

    static string Name(ExperimentPhase phase, int cycle, int cycles)
    {
        var name = phase switch
        {
            ExperimentPhase.Environment => "environment",
            ExperimentPhase.Idle => "idle",
            ExperimentPhase.Load => "load",
            ExperimentPhase.Prepare => "prepare prompts",
            ExperimentPhase.ContextIdle => "idle, model loaded",
            ExperimentPhase.Warmup => "warm-up",
            ExperimentPhase.Measure => "measure",
            ExperimentPhase.Settle => "settle",
            _ => "finish",
        };
        return cycle > 0 && cycles > 1 ? $"{name} {cycle}" : name;
    }
}

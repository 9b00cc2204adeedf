using Lem.Cli.Terminal;
using Lem.Measurement.Experiments.Events;
using Xunit;

namespace Lem.Tests.Cli.Terminal;

public class ProgressLineTests
{
    static readonly ProgressState Measuring = new ProgressState()
        .After(new ExperimentStarted(0, "id", "c", "m", "llamacpp", Cycles: 3, RequestsPerCycle: 40, [1, 2, 3], CycleCount: 3))
        .After(new PhaseStarted(10, ExperimentPhase.Measure, Cycle: 2))
        .After(new RequestFinished(14, 2, Request: 9, Ok: true, Done: 10, OutputTokens: 300, TotalTokens: 1000))
        .After(new PowerSampled(15, 42.3, Estimated: true));

    [Fact]
    public void It_says_phase_time_requests_rate_power_and_what_is_left() =>
        Assert.Equal("measure 2 · 5.0 s · 10/40 requests · 200 tok/s · ≈ 42.3 W · 15.0 s left", ProgressLine.Render(Measuring, 120));

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData(" × 3 cycles", 3, 1, 2, 3)]
    [InlineData(", cycles 2, 3 of 3", 3, 2, 3)]
    [InlineData(", cycle 3 of 3", 3, 3)]
    public void What_is_resumed_says_which_cycles(string expected, int count, params int[] cycles) =>
        Assert.Equal(expected, ProgressLine.RenderCycles(new(0, "id", "c", "m", "llamacpp", cycles.Length, 40, cycles, count)));

    [Fact]
    public void An_expected_length_tells_what_is_left()
    {
        var idle = new ProgressState().After(new PhaseStarted(0, ExperimentPhase.Idle, 0, ExpectedSeconds: 30)).After(new PowerSampled(12, null, false));

        Assert.Equal("idle · 12.0 s · 18.0 s left", ProgressLine.Render(idle, 120));
    }

    [Fact]
    public void It_never_wraps()
    {
        var line = ProgressLine.Render(Measuring, 20);

        Assert.Equal(20, line.Length);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
    }
}

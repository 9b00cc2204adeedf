using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class WarmupConvergenceTests
{
    static readonly WarmupPolicy Policy = new();

    [Fact]
    public void Steady_latencies_converge_once_the_slope_can_be_judged() =>
        Assert.Equal((10, WarmupState.Converged), Run(Policy, i => 100 + i % 2 * 0.5));

    [Fact]
    public void Latencies_that_fall_and_then_settle_converge_later()
    {
        var (iterations, state) = Run(Policy, i => 100 + 100 * Math.Exp(-i / 3.0));

        Assert.Equal(WarmupState.Converged, state);
        Assert.InRange(iterations, 15, 30);
    }

    [Fact]
    public void A_drift_of_two_percent_per_request_does_not_converge() =>
        Assert.Equal((50, WarmupState.MaxPrompts), Run(Policy, i => 100 * Math.Pow(0.98, i)));

    [Fact]
    public void Alternating_latencies_do_not_converge() =>
        Assert.Equal((50, WarmupState.MaxPrompts), Run(Policy, i => i % 2 == 0 ? 100 : 120));

    [Fact]
    public void A_spike_delays_convergence_until_it_has_left_the_stretch()
    {
        var (iterations, state) = Run(Policy, i => i == 8 ? 300 : 100);

        Assert.Equal(WarmupState.Converged, state);
        Assert.Equal(19, iterations);
    }

    [Fact]
    public void A_rising_temperature_holds_it_back()
    {
        double[] steady = [.. Enumerable.Repeat(100.0, 12)];

        Assert.Equal(WarmupState.Continue, WarmupConvergence.Decide(Policy, steady, TimeSpan.Zero, temperatureSlope: 0.6).State);
        Assert.Equal(WarmupState.Converged, WarmupConvergence.Decide(Policy, steady, TimeSpan.Zero, temperatureSlope: 0.4).State);
    }

    [Fact]
    public void Time_runs_out()
    {
        var policy = Policy with { Timeout = TimeSpan.FromSeconds(3) };

        Assert.Equal(WarmupState.Continue, WarmupConvergence.Decide(policy, [1, 2], TimeSpan.FromSeconds(2.9)).State);
        Assert.Equal(WarmupState.Timeout, WarmupConvergence.Decide(policy, [1, 2], TimeSpan.FromSeconds(3)).State);
    }

    [Fact]
    public void Without_detection_it_runs_to_the_cap() =>
        Assert.Equal((7, WarmupState.MaxPrompts), Run(Policy with { DetectConvergence = false, MaxPrompts = 7 }, _ => 100));

    static (int Iterations, WarmupState State) Run(WarmupPolicy policy, Func<int, double> latency)
    {
        List<double> latencies = [];
        while (true)
        {
            latencies.Add(latency(latencies.Count));
            var decision = WarmupConvergence.Decide(policy, latencies.ToArray(), TimeSpan.Zero);
            if (decision.Stop)
                return (latencies.Count, decision.State);
        }
    }
}

using Lem.Measurement.Experiments;
using Lem.Measurement.Load;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

public class WarmupPhaseTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(14, 15)]
    [InlineData(1000, 40)]
    public async Task Equal_latencies_do_not_end_a_warm_up_while_the_chip_gets_warmer(int warmingLooks, int iterations)
    {
        var clock = new ManualClock();
        var engine = new SteadyEngine(clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20));
        var config = ExperimentBench.Config(outputTokens: 5) with { Warmup = new(MinPrompts: 3, MaxPrompts: 40, WindowSize: 3) };
        var workload = await new WorkloadPlanner(engine, false, config, 1, clock).PlanAsync(PromptSource.Open(config, "."), TestContext.Current.CancellationToken);
        var looks = 0;

        var (result, _) = await new WarmupPhase(engine, clock, (_, _) => { }, () => looks++ < warmingLooks ? 0.6 : 0.1).RunAsync(config, workload, LoadStops.None);

        Assert.Equal(iterations, result.IterationsCompleted);
        Assert.Equal(iterations < 40, result.Converged);
    }
}

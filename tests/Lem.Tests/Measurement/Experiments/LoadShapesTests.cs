using Lem.Core.Configuration;
using Lem.Measurement.Experiments;
using Lem.Measurement.Load;
using Lem.Measurement.Load.Traces;
using Xunit;
using Prompt = Lem.Measurement.Load.Prompts.Prompt;
using PromptSet = Lem.Measurement.Load.Prompts.PromptSet;

namespace Lem.Tests.Measurement.Experiments;

public sealed class LoadShapesTests
{
    static readonly RecordedTrace Trace = new("t", [.. Enumerable.Range(0, 4).Select(i => new TraceRow(TimeSpan.FromSeconds(i * i), 1, 1))]);

    [Fact]
    public void What_was_asked_for_is_recorded_as_requests_by_their_last_start()
    {
        foreach (var mode in (ArrivalKind[])[ArrivalKind.Constant, ArrivalKind.Poisson, ArrivalKind.Gamma])
            Assert.Equal(2.5, Record(new(true, mode, TargetQps: 2.5)).RequestedRate!.Value, 1e-6); // An open loop has one.
        Assert.Equal(4 / 9.0 * 3, Record(new(true, ArrivalKind.Trace, Trace: new("t", Speedup: 3))).RequestedRate!.Value, 1e-6);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(null, 40)]
    public void Where_nobody_says_how_many_all_requests_are_in_flight_at_once(int? concurrency, int users) =>
        Assert.Equal(users, Assert.IsType<FixedConcurrency>(LoadShapes.Of(Config(new()) with { Concurrency = concurrency }, 40, 1, null)).Users);

    [Fact]
    public void A_seed_of_the_traffics_own_stands_above_the_runs()
    {
        IReadOnlyList<long> Offsets(int? own, ulong run) =>
            Assert.IsType<TimedArrivals>(LoadShapes.Of(Config(new(true, Seed: own)), 4, run, null)).OffsetsNs;

        Assert.Equal(Offsets(own: 3, run: 1), Offsets(own: 3, run: 2));
        Assert.NotEqual(Offsets(own: null, run: 1), Offsets(own: null, run: 2));
    }

    [Fact]
    public void Prompts_that_come_at_other_times_are_another_workload()
    {
        var prompts = PromptSet.Take("p", [new Prompt("a"), new Prompt("b"), new Prompt("c")], 2);
        var sped = Trace with { Rows = [.. Trace.Rows.Select(row => row with { Offset = row.Offset / 2 })] };

        Assert.NotEqual(prompts.Hash(), (prompts with { Arrivals = Trace }).Hash());
        Assert.NotEqual((prompts with { Arrivals = sped }).Hash(), (prompts with { Arrivals = Trace }).Hash());
    }

    static Lem.Core.Results.Raw.LoadRecord Record(TrafficConfig traffic) =>
        LoadShapes.Record(Config(traffic), LoadShapes.Of(Config(traffic), 4, 1, Trace), 1);

    static ExperimentConfig Config(TrafficConfig traffic) => new(TrafficSimulation: traffic);
}

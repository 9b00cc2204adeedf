using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;

namespace Lem.Tests.Core.Results.Aggregation;

/// <summary>Windows of ten seconds with an open loop of five requests a second.</summary>
static class SampleLoad
{
    public const double Rate = 5;

    /// <summary>What becomes of these requests.</summary>
    public static ExperimentResult Result(RequestRecord[] requests, LatencyObjectives? objectives = null)
    {
        var run = SampleRun.Cpu();
        return Aggregator.Aggregate(
            run with
            {
                Experiment = run.Experiment with { Load = new LoadRecord("open_loop", Arrivals: "constant", RequestedRate: Rate), Objectives = objectives ?? new() },
                Processes = [run.Processes[0] with { Requests = requests }],
            },
            new AggregationOptions());
    }

    /// <summary>So many requests, a fixed time apart, each sent when it was due and answered in 0.18 s.</summary>
    public static IEnumerable<RequestRecord> Answered(int count, double rate) => Enumerable.Range(0, count).Select(i => Answer(i, (i + 1) / rate, (i + 1) / rate + 0.1));

    /// <summary>Five tokens 20 ms apart.</summary>
    public static RequestRecord Answer(int index, double dueS, double firstS) =>
        new(index, index, dueS, dueS, firstS, firstS + 0.08, 3, 5, "usage", [20_000, 20_000, 20_000, 20_000], null, Ok: true, null);

    public static RequestRecord Failed(int index, double dueS, double? endS) =>
        new(index, index, dueS, dueS, null, null, 0, 0, "engine", [], null, Ok: false, new("timeout", "no answer", 0), EndS: endS);
}

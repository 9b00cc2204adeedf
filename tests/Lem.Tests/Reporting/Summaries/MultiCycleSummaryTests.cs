using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Reporting.Summaries;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Reporting.Summaries;

public class MultiCycleSummaryTests
{
    [Fact]
    public void Every_headline_metric_has_a_line()
    {
        var first = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions());
        ExperimentResult[] cycles = [first with { CycleIndex = 0 }, first, first with { CycleIndex = 2 }];

        var lines = MultiCycleSummary.Render(CycleAggregator.Aggregate(cycles, "x"));

        Assert.Equal("3 of 3 cycles", lines[0]);
        Assert.All(["energy", "above idle", "J/output token", "in + out tok/s", "TTFT", "TPOT"], label =>
            Assert.Contains(lines, line => line.TrimStart().StartsWith(label, StringComparison.Ordinal)));
    }
}

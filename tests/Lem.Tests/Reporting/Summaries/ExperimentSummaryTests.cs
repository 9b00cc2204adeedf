using Lem.Core.Results.Aggregation;
using Lem.Reporting.Summaries;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Reporting.Summaries;

public class ExperimentSummaryTests
{
    [Fact]
    public void The_steady_part_and_loading_have_a_line_each()
    {
        var lines = ExperimentSummary.Render(Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions()));

        // Two processes, each eight requests of 46 tokens within the eight seconds; 4,800 J.
        Assert.Contains("  steady part 8.0 s of the window: 92.0 output tok/s · 6.52 J per output token", lines);
        Assert.Contains("  loading     12.0 s · 5.00 kJ · 0 % of its files lay in memory", lines);
    }

    [Fact]
    public void What_was_not_found_has_no_line() => Assert.DoesNotContain(
        ExperimentSummary.Render(Aggregator.Aggregate(SampleRun.Cpu(), new AggregationOptions())),
        line => line.Contains("steady part", StringComparison.Ordinal) || line.Contains("loading", StringComparison.Ordinal));
}

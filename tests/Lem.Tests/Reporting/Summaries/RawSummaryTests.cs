using Lem.Reporting.Summaries;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Reporting.Summaries;

public class RawSummaryTests
{
    [Fact]
    public void Each_process_says_what_it_did()
    {
        var lines = RawSummary.Render("x_c1", SampleRun.Gpus());

        Assert.Equal("x_c1", lines[0]);
        Assert.Contains("  process 1   llamacpp, pid 1001, gpu:b", lines);
        Assert.Contains("    tokens    100 input + 460 output, 0 padding in 10 batches of at most 1", lines);
    }

    [Fact]
    public void What_is_torn_or_unmarked_is_named()
    {
        var run = SampleRun.Gpus() with { Skipped = [new("requests_1.jsonl", "torn")], Unmarked = [1] };

        var lines = RawSummary.Render("x", run);

        Assert.Contains("  ✗ requests_1.jsonl: torn", lines);
        Assert.Single(lines, line => line.EndsWith("NOT MARKED COMPLETE", StringComparison.Ordinal));
    }
}

using Lem.Core.Metrics;
using Lem.Core.Results;
using Xunit;

namespace Lem.Tests.Core.Metrics;

public class LengthCounterTests
{
    [Fact]
    public void Lengths_are_summarised_with_bins_that_double()
    {
        var counter = new LengthCounter();
        foreach (var length in (int[])[0, 1, 2, 3, 3, 9])
            counter.Add(length);

        var lengths = counter.Summarise();

        Assert.Equal((6, 0, 3.0, 2.5, 9), (lengths.N, lengths.Min!.Value, lengths.Mean!.Value, lengths.P50!.Value, lengths.Max!.Value));
        Assert.Equal(
            [new LengthBin(0, 1, 1), new LengthBin(1, 2, 1), new LengthBin(2, 4, 3), new LengthBin(4, 8, 0), new LengthBin(8, 16, 1)],
            lengths.Histogram);
    }

    [Fact]
    public void No_requests_have_no_lengths() => Assert.Null(new LengthCounter().Summarise().Mean);
}

using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Units;
using Lem.Measurement.Energy.Rapl;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Rapl;

public class RaplCounterTests
{
    [Fact]
    public void A_counter_that_wraps_keeps_growing()
    {
        var counter = new RaplCounter(rangeMicrojoules: 1_000_000);
        counter.Advance(900_000);

        Assert.Equal(new Joules(0.3), counter.Advance(200_000));
    }

    [Fact]
    public void The_first_value_is_where_counting_begins() => Assert.Equal(Joules.Zero, new RaplCounter(1_000_000).Advance(123_456));

    [Fact]
    public void Energy_never_falls_and_adds_up_across_any_number_of_wraps()
        => Prop.ForAll<ushort[]>(steps =>
        {
            const long Range = 100_000; // more than any step
            var counter = new RaplCounter(Range);
            long truth = 77_000;
            var last = counter.Advance(truth % Range);
            foreach (var step in steps)
            {
                truth += step;
                var next = counter.Advance(truth % Range);
                if (next < last)
                    return false;
                last = next;
            }

            return Math.Abs(last.Value - ((truth - 77_000) / 1e6)) < 1e-9;
        }).QuickCheckThrowOnFailure();
}

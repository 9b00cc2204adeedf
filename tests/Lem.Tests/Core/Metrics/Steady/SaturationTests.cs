using Lem.Core.Metrics.Steady;
using Xunit;

namespace Lem.Tests.Core.Metrics.Steady;

public sealed class SaturationTests
{
    [Fact]
    public void A_server_that_answers_less_than_comes_is_saturated()
    {
        var saturation = Saturation.Find(Served(ratePerS: 4, seconds: 120, servedPerS: 2));

        Assert.True(saturation.Saturated);
        Assert.Equal(120, saturation.InFlightPerMinute ?? 0, 6.0);
        Assert.Equal(60_000, saturation.TtftMsPerMinute ?? 0, 3000.0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void A_server_that_keeps_up_is_not(double servedPerS) => Assert.False(Saturation.Find(Served(ratePerS: 1.9, seconds: 120, servedPerS)).Saturated);

    [Fact]
    public void A_queue_that_was_worked_off_again_is_not()
    {
        var early = Served(ratePerS: 8, seconds: 20, servedPerS: 4);
        var late = Served(ratePerS: 2, seconds: 100, servedPerS: 4).Select(r => r with { StartS = r.StartS + 40, FirstS = r.FirstS + 40, EndS = r.EndS + 40 });

        Assert.False(Saturation.Find([.. early, .. late]).Saturated);
    }

    [Fact]
    public void Requests_that_failed_waiting_waited_until_then()
    {
        // Whoever has waited for 20 s goes away, and is not served.
        var runs = Served(ratePerS: 4, seconds: 60, servedPerS: 2)
            .Select(run => run.FirstS - run.StartS > 20 ? run with { FirstS = null, EndS = run.StartS + 20 } : run).ToList();

        Assert.True(Saturation.Find(runs).Saturated);
        Assert.Equal(Saturation.Find(runs).TtftMsPerMinute, Saturation.Find([.. runs.Select(run => run with { FirstS = run.FirstS ?? run.EndS })]).TtftMsPerMinute);
    }

    [Fact]
    public void A_server_that_turns_half_away_at_once_and_keeps_up_with_the_rest_is_not() =>
        Assert.False(Saturation.Find([.. Served(2, 120, 4).Select((run, i) => i % 2 == 0 ? run : run with { FirstS = null, EndS = run.StartS + 0.001 })]).Saturated);

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    public void A_server_that_turns_all_away_at_once_from_then_on_is_not(double secondS) =>
        Assert.False(Saturation.Find([.. Served(2, 120, 4).Select(run => run.StartS < secondS ? run : run with { FirstS = null, EndS = run.StartS + 0.001 })]).Saturated);

    [Fact]
    public void Few_requests_tell_nothing() => Assert.Equal((null, "fewer_than_thirty_requests"), (Saturation.Find(Served(1, 20, 0.5)).Saturated, Saturation.Find(Served(1, 20, 0.5)).Reason));

    // One server, one request at a time, in the order in which they come.
    static List<RequestRun> Served(double ratePerS, double seconds, double servedPerS)
    {
        var runs = new List<RequestRun>();
        double free = 0;
        for (var i = 0; i / ratePerS < seconds; i++)
        {
            var start = i / ratePerS;
            var begun = Math.Max(start, free);
            free = begun + 1 / servedPerS;
            runs.Add(new(start, begun + 0.01, free, 10));
        }

        return runs;
    }
}

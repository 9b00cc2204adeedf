using Lem.Core.Metrics.Steady;
using Xunit;

namespace Lem.Tests.Core.Metrics.Steady;

public class ClosedLoopTests
{
    [Fact]
    public void Steady_is_from_the_last_slots_first_token_to_when_fewer_requests_than_slots_remain()
    {
        // Four slots, started half a second apart, each with ten requests of two seconds; the first token after 0.3 s.
        var span = ClosedLoop.Find(Loop(slots: 4, perSlot: 10, seconds: _ => 2, stagger: 0.5), concurrency: 4, windowSeconds: 21.5);

        Assert.Null(span.Reason);
        Assert.Equal(1.8, span.StartS ?? double.NaN, 9);
        // The first slot ends its last request at 20 s: three remain from then on.
        Assert.Equal(20, span.EndS ?? double.NaN, 9);
    }

    [Fact]
    public void A_loop_that_slows_down_has_a_trend() =>
        Assert.Equal("speed_has_a_trend", ClosedLoop.Find(Loop(4, 40, i => 1 + 0.1 * i, 0.1), 4, 120).Reason);

    [Theory]
    [InlineData(4, 3, "shorter_than_ten_seconds_or_a_tenth_of_the_window")]
    [InlineData(4, 1, "no_more_requests_than_slots")]
    public void Too_short_a_run_is_not_steady(int slots, int perSlot, string reason) =>
        Assert.Equal(reason, ClosedLoop.Find(Loop(slots, perSlot, _ => 2, 0.1), slots, 2 * perSlot).Reason);

    [Fact]
    public void A_loop_that_waits_between_requests_is_not_busy()
    {
        var idle = Loop(4, 20, _ => 2, 0.1).Select(run => run with { EndS = run.StartS + 1.5 }).ToList();

        Assert.Equal("slots_were_not_busy", ClosedLoop.Find(idle, 4, 40).Reason);
    }

    [Fact]
    public void A_slot_without_a_token_has_no_beginning()
    {
        var runs = Loop(2, 20, _ => 2, 0.1);
        runs[0] = runs[0] with { FirstS = null };

        Assert.Equal("a_slot_never_produced_a_token", ClosedLoop.Find(runs, 2, 40).Reason);
    }

    static List<RequestRun> Loop(int slots, int perSlot, Func<int, double> seconds, double stagger)
    {
        var runs = new List<RequestRun>();
        for (var slot = 0; slot < slots; slot++)
        {
            var at = slot * stagger;
            for (var i = 0; i < perSlot; i++)
            {
                runs.Add(new(at, at + 0.3, at + seconds(i), 100));
                at += seconds(i);
            }
        }

        return runs;
    }
}

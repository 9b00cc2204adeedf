using Lem.Core.Metrics.Steady;
using Xunit;

namespace Lem.Tests.Core.Metrics.Steady;

public class OpenLoopTests
{
    [Fact]
    public void The_filling_of_the_queue_and_its_draining_are_cut_off()
    {
        // Ten requests a second that take three seconds: thirty in flight from 3 s on, until arrivals end at 59.9 s.
        var span = OpenLoop.Find([.. Arrivals(600, i => 3)]);

        Assert.Null(span.Reason);
        Assert.InRange(span.StartS ?? double.NaN, 2, 5);
        Assert.Equal(59.9, span.EndS ?? double.NaN, 9);
    }

    [Fact]
    public void A_queue_that_grows_and_grows_never_settles() =>
        Assert.NotNull(OpenLoop.Find([.. Arrivals(600, i => 1 + 0.2 * i)]).Reason);

    [Fact]
    public void Few_requests_cannot_be_judged() => Assert.Equal("fewer_than_fifty_requests", OpenLoop.Find([.. Arrivals(49, i => 1)]).Reason);

    [Fact]
    public void Requests_that_all_come_at_once_are_no_open_loop() => Assert.Equal(
        "all_requests_arrived_at_once", OpenLoop.Find([.. Arrivals(60, i => 1).Select(run => run with { StartS = 0 })]).Reason);

    static IEnumerable<RequestRun> Arrivals(int count, Func<int, double> seconds) =>
        Enumerable.Range(0, count).Select(i => new RequestRun(i / 10.0, i / 10.0 + 0.1, i / 10.0 + seconds(i), 50));
}

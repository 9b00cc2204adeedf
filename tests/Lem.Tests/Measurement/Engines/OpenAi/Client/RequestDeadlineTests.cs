using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Client;

public sealed class RequestDeadlineTests : IDisposable
{
    static readonly StreamLimits Limits = new(Total: TimeSpan.FromMinutes(10), Idle: TimeSpan.FromSeconds(2));

    readonly TimerClock _clock = new();
    readonly CancellationTokenSource _caller = new();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.19)]
    [InlineData(1.99)]
    public void An_answer_that_is_never_silent_for_so_long_is_let_go_on(double gapSec)
    {
        using var deadline = Begun(Limits);

        for (var i = 0; i < 200; i++)
            Hear(deadline, TimeSpan.FromSeconds(gapSec));

        Assert.Null(deadline.Failure());
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(1.99)]
    public void Silence_ends_it_no_earlier_than_said_and_a_tenth_later_at_most(double gapSec)
    {
        using var deadline = Begun(Limits);
        for (var i = 0; i < 20; i++)
            Hear(deadline, TimeSpan.FromSeconds(gapSec));

        _clock.Advance(Limits.Idle - TimeSpan.FromMilliseconds(1));
        Assert.Null(deadline.Failure());

        _clock.Advance(Limits.Idle / 10 + TimeSpan.FromMilliseconds(1));
        Assert.Equal("idle_timeout", deadline.Failure()?.Kind);
    }

    [Fact]
    public async Task Bytes_that_bring_no_output_are_a_sign_of_life()
    {
        using var deadline = Begun(Limits);
        await using var stream = new StampedStream(new MemoryStream(new byte[100]), _clock, long.MaxValue, deadline);

        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1.5));
            Assert.Equal(10, await stream.ReadAsync(new byte[10], TestContext.Current.CancellationToken));
        }

        Assert.Null(deadline.Failure());
    }

    [Fact]
    public void Before_the_first_output_only_the_whole_counts()
    {
        using var deadline = new RequestDeadline(Limits, _clock, _caller.Token);

        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Null(deadline.Failure());

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("timeout", deadline.Failure()?.Kind);
    }

    [Fact]
    public void An_answer_that_goes_on_for_ever_ends_with_the_whole()
    {
        using var deadline = Begun(Limits with { Total = TimeSpan.FromSeconds(5) });

        for (var i = 0; i < 6; i++)
            Hear(deadline, TimeSpan.FromSeconds(1));

        Assert.Equal("timeout", deadline.Failure()?.Kind);
    }

    [Fact]
    public void What_the_caller_gives_up_is_no_failure()
    {
        using var deadline = Begun(Limits);

        _caller.Cancel();

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.Null(deadline.Failure());
    }

    RequestDeadline Begun(StreamLimits limits)
    {
        var deadline = new RequestDeadline(limits, _clock, _caller.Token);
        deadline.Begin(_clock.GetTimestamp());
        return deadline;
    }

    void Hear(RequestDeadline deadline, TimeSpan gap)
    {
        _clock.Advance(gap);
        deadline.Heard(_clock.GetTimestamp());
    }
}

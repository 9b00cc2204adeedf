using System.Net.Sockets;
using System.Text;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Client;

public sealed class CompletionStreamTests
{
    const string Request = """{"model":"mock","prompt":[1,2,3],"max_tokens":8,"stream":true,"stream_options":{"include_usage":true,"continuous_usage_stats":true}}""";

    static readonly StreamLimits Limits = new(Total: TimeSpan.FromSeconds(20), Idle: TimeSpan.FromSeconds(10));

    [Fact]
    public async Task An_answer_is_told_token_by_token_and_counted_by_the_server()
    {
        var events = await EventsAsync(new(), Limits);

        Assert.Equal(TokenEventKind.Sent, events[0].Kind);
        Assert.Equal(8, events.Where(e => e.Kind == TokenEventKind.Token).Sum(e => e.Tokens));
        var end = events[^1];
        Assert.Equal(TokenEventKind.Finished, end.Kind);
        Assert.Equal((3, 8, "length"), (end.Usage?.PromptTokens, end.Usage?.OutputTokens, end.Usage?.FinishReason));
        Assert.Equal(events.Select(e => e.Timestamp).Order(), events.Select(e => e.Timestamp));
    }

    [Theory]
    [InlineData(FaultKind.Status, "http_status", 0)]
    [InlineData(FaultKind.Reset, "cut_stream", 3)]
    [InlineData(FaultKind.Close, "cut_stream", 3)]
    [InlineData(FaultKind.Die, "cut_stream", 3)]
    [InlineData(FaultKind.StreamError, "server_error", 3)]
    [InlineData(FaultKind.MalformedJson, "malformed_event", 3)]
    [InlineData(FaultKind.LongLine, "line_too_long", 3)]
    public async Task A_failure_is_data_and_what_came_before_stands(FaultKind fault, string kind, int tokens)
    {
        var events = await EventsAsync(new(Faults: [new(fault, AfterTokens: 3)]), Limits);

        Assert.Equal((TokenEventKind.Failed, kind), (events[^1].Kind, events[^1].Failure?.Kind));
        // What was sent last may be lost with the connection.
        Assert.InRange(events.Where(e => e.Kind == TokenEventKind.Token).Sum(e => e.Tokens), fault is FaultKind.Reset or FaultKind.Die ? 0 : tokens, tokens);
    }

    [Theory]
    [InlineData(FaultKind.MalformedSse)]
    [InlineData(FaultKind.EmptyChoices)]
    [InlineData(FaultKind.DoneMissing)]
    [InlineData(FaultKind.UsageDoubled)]
    public async Task What_the_standard_allows_is_no_failure(FaultKind oddity)
    {
        var events = await EventsAsync(new(Faults: [new(oddity, AfterTokens: 3)]), Limits);

        Assert.Null(events[^1].Failure);
        Assert.Equal(8, events[^1].Usage?.OutputTokens);
    }

    [Fact]
    public async Task Silence_ends_at_the_total_limit()
    {
        var events = await EventsAsync(new(Faults: [new(FaultKind.Silence)]), Limits with { Total = TimeSpan.FromMilliseconds(200) });

        Assert.Equal("timeout", events[^1].Failure?.Kind);
    }

    [Fact]
    public async Task An_answer_that_stalls_ends_at_the_idle_limit()
    {
        var events = await EventsAsync(new(Faults: [new(FaultKind.Stall, AfterTokens: 3)]), Limits with { Idle = TimeSpan.FromMilliseconds(200) });

        Assert.Equal("idle_timeout", events[^1].Failure?.Kind);
        Assert.Equal(3, events.Where(e => e.Kind == TokenEventKind.Token).Sum(e => e.Tokens));
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_the_idle_limit_but_is_never_so_long_silent_is_complete()
    {
        var events = await EventsAsync(new(ItlMs: 100), Limits with { Idle = TimeSpan.FromMilliseconds(400) });

        Assert.Null(events[^1].Failure);
        Assert.True(TimeProvider.System.GetElapsedTime(events[1].Timestamp, events[^1].Timestamp) > TimeSpan.FromMilliseconds(600));
    }

    [Fact]
    public async Task A_long_wait_for_the_first_token_is_no_silence()
    {
        var events = await EventsAsync(new(TtftMs: 1500), Limits with { Idle = TimeSpan.FromSeconds(1) });

        Assert.Null(events[^1].Failure);
    }

    [Fact]
    public async Task Nobody_there_is_a_failure_of_the_connection()
    {
        using var connection = new ServerConnection(new Uri("http://127.0.0.1:1"), new Dictionary<string, string>(), TimeProvider.System);
        var events = await SendAsync(connection, Limits, Request, TestContext.Current.CancellationToken);

        Assert.Equal("connect_failed", Assert.Single(events).Failure?.Kind);
    }

    [Fact]
    public void A_connection_that_takes_too_long_is_a_failure_and_nobodys_wish()
    {
        using var deadline = new RequestDeadline(Limits, TimeProvider.System, CancellationToken.None);

        // As HttpClient tells its ConnectTimeout.
        var failure = CompletionStream.Explain(new TaskCanceledException("canceled", new TimeoutException("within the configured ConnectTimeout")), deadline);

        Assert.Equal("connect_failed", failure?.Kind);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, "client_limit")]
    [InlineData(SocketError.AddressNotAvailable, "client_limit")]
    [InlineData(SocketError.ConnectionRefused, "connect_failed")]
    public void A_connection_that_this_machine_cannot_open_is_no_failure_of_the_server(SocketError error, string kind)
    {
        using var deadline = new RequestDeadline(Limits, TimeProvider.System, CancellationToken.None);

        var failure = CompletionStream.Explain(new HttpRequestException(HttpRequestError.ConnectionError, "no", new SocketException((int)error)), deadline);

        Assert.Equal(kind, failure?.Kind);
    }

    [Fact]
    public async Task An_answer_whose_tokens_nobody_counts_is_a_failure()
    {
        var uncounted = Request.Replace(",\"continuous_usage_stats\":true", "", StringComparison.Ordinal);

        var events = await EventsAsync(new(Flavour.Plain, Faults: [new(FaultKind.UsageMissing)]), Limits, uncounted);

        Assert.Equal("usage_missing", events[^1].Failure?.Kind);
    }

    [Fact]
    public async Task Who_gives_up_gets_no_failure()
    {
        await using var server = MockServer.Start(new(Faults: [new(FaultKind.Silence)]));
        using var connection = new ServerConnection(server.Address, new Dictionary<string, string>(), TimeProvider.System);
        using var abandon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(connection, Limits, Request, abandon.Token));
    }

    static async Task<List<TokenEvent>> EventsAsync(MockOptions options, StreamLimits limits, string request = Request)
    {
        await using var server = MockServer.Start(options);
        using var connection = new ServerConnection(server.Address, new Dictionary<string, string>(), TimeProvider.System);
        return await SendAsync(connection, limits, request, TestContext.Current.CancellationToken);
    }

    static async Task<List<TokenEvent>> SendAsync(ServerConnection connection, StreamLimits limits, string request, CancellationToken cancellationToken)
    {
        var stream = new CompletionStream(connection.Http, connection.At("v1/completions"), limits, TimeProvider.System, keepConnections: true, keepText: false);
        var events = new List<TokenEvent>();
        await foreach (var e in stream.RunAsync(7, Encoding.UTF8.GetBytes(request), cancellationToken))
            events.Add(e);
        Assert.All(events, e => Assert.Equal(7, e.Request));
        return events;
    }
}

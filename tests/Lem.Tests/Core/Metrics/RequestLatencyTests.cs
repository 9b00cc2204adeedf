using Lem.Core.Metrics;
using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Metrics;

public class RequestLatencyTests
{
    // Meant for 1.0 s, sent 0.1 s late, first token 0.4 s after that, eleven tokens 50 ms apart.
    static readonly RequestRecord Late = new(0, 0, 1.0, 1.1, 1.5, 2.0, 8, 11, "engine", null, null, true, null);

    [Fact]
    public void Latency_counts_from_the_intended_start()
    {
        Assert.Equal(500, RequestLatency.TtftMs(Late)!.Value, 1e-9);
        Assert.Equal(1000, RequestLatency.E2eMs(Late)!.Value, 1e-9);
    }

    [Fact]
    public void Service_latency_and_dispatch_delay_make_up_the_whole()
    {
        Assert.Equal(900, RequestLatency.ServiceMs(Late)!.Value, 1e-9);
        Assert.Equal(100, RequestLatency.DispatchDelayMs(Late)!.Value, 1e-9);
    }

    [Fact]
    public void Time_per_output_token_leaves_out_the_first() => Assert.Equal(50, RequestLatency.TpotMs(Late)!.Value, 1e-9);

    [Fact]
    public void One_token_has_no_time_per_output_token() => Assert.Null(RequestLatency.TpotMs(Late with { OutputTokens = 1 }));

    [Fact]
    public void Without_a_stamp_there_is_no_latency()
    {
        Assert.Null(RequestLatency.TtftMs(Late with { FirstS = null }));
        Assert.Null(RequestLatency.TpotMs(Late with { FirstS = null }));
        Assert.Null(RequestLatency.E2eMs(Late with { LastS = null }));
        Assert.Null(RequestLatency.DispatchDelayMs(Late with { SentS = null }));
    }
}

using Lem.Core.Results;
using Lem.Core.Results.Raw;

namespace Lem.Core.Metrics;

/// <summary>
/// Takes requests one by one, of all processes, and keeps what their latency statistics need: some 120 bytes each, and exact counts of the gaps.
/// </summary>
sealed class LatencyCollector(LatencyObjectives objectives)
{
    bool _unjudged;
    long _arrivals;
    long _tokensOfArrivals;

    /// <summary>The requests; those that failed without latencies.</summary>
    public LatencyRows Rows { get; } = new();

    public TokenGaps Gaps { get; } = new();

    /// <summary>Successful requests whose objectives were all kept.</summary>
    public long Good { get; private set; }

    /// <summary>False when an objective was asked for that the stamps of some request with tokens cannot answer.</summary>
    public bool Judged => !_unjudged;

    public bool HasObjectives => objectives is not { TtftMs: null, TpotMs: null, E2eMs: null };

    public long Requests { get; private set; }

    public long Failed { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>Requests that brought at least one token: their first came from prefill, not from decoding.</summary>
    public long WithTokens { get; private set; }

    /// <summary>Output tokens per arrival, of the successful requests; null where none was stamped.</summary>
    public double? TokensPerChunk => _arrivals > 0 ? (double)_tokensOfArrivals / _arrivals : null;

    public LengthCounter InputLengths { get; } = new();

    public LengthCounter OutputLengths { get; } = new();

    public void Add(RequestRecord request)
    {
        Requests++;
        InputTokens += request.InputTokens;
        OutputTokens += request.OutputTokens;
        if (request.OutputTokens > 0)
            WithTokens++;
        var row = new LatencyRow(
            request.IntendedS,
            RequestLatency.DispatchDelayMs(request) ?? double.NaN,
            RequestLatency.TtftMs(request) ?? double.NaN,
            RequestLatency.EndMs(request) ?? double.NaN);
        if (!request.Ok)
        {
            Failed++;
            Rows.Add(row);
            return;
        }

        InputLengths.Add(request.InputTokens);
        OutputLengths.Add(request.OutputTokens);
        if (request.GapsUs is { } arrivals && request.FirstS is not null)
        {
            _arrivals += arrivals.Length + 1;
            _tokensOfArrivals += request.OutputTokens;
        }

        var gaps = Gaps.Add(request);
        row = row with
        {
            TtftMs = row.WaitMs,
            TpotMs = RequestLatency.TpotMs(request) ?? double.NaN,
            E2eMs = RequestLatency.E2eMs(request) ?? double.NaN,
            ServiceMs = RequestLatency.ServiceMs(request) ?? double.NaN,
            GapSumMs = (gaps?.SumUs ?? 0) / 1e3,
            GapTokens = gaps?.Count ?? 0,
            TokenizeMs = request.TokenizeMs ?? double.NaN,
            QueueMs = RequestLatency.QueueMs(request) ?? double.NaN,
            PrefillMs = RequestLatency.PrefillMs(request) ?? double.NaN,
            DecodeMs = RequestLatency.DecodeMs(request) ?? double.NaN,
        };
        Rows.Add(row);
        if (Keeps(row, request.OutputTokens))
            Good++;
    }

    bool Keeps(in LatencyRow row, int outputTokens)
    {
        // Without a token there is no TTFT or TPOT that could have kept a limit, only an end.
        if (outputTokens == 0)
            return objectives is { TtftMs: null, TpotMs: null } && (objectives.E2eMs is not { } limit || row.EndMs <= limit);

        // A single token has no time per further token, so it cannot miss that objective.
        var tpot = outputTokens < 2 ? 0 : row.TpotMs;
        return Within(row.TtftMs, objectives.TtftMs) & Within(tpot, objectives.TpotMs) & Within(row.E2eMs, objectives.E2eMs);
    }

    bool Within(double value, double? limit)
    {
        if (limit is null)
            return true;
        _unjudged |= double.IsNaN(value);
        return value <= limit;
    }
}

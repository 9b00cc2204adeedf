using Lem.Measurement.Engines;

namespace Lem.Measurement.Load;

/// <summary>What happened to one request, in stamps of the monotonic clock. Only the thread that runs the load writes it.</summary>
/// <param name="order">Its place in the order of intended starts, from zero.</param>
public sealed class RequestTrace(GenerationRequest request, int order)
{
    // Stamps of the output tokens; grown by doubling, so that long limits cost nothing until they are reached.
    long[] _arrivals = new long[Math.Min(request.MaxTokens, 256)];
    int[] _tokens = [];
    int[]? _tokensPerArrival;
    int _count;

    public GenerationRequest Request { get; } = request;

    public int Order { get; } = order;

    /// <summary>When the request should have been sent: what latency counts from.</summary>
    public long Intended { get; private set; }

    /// <summary>When it was really handed to the engine.</summary>
    public long Sent { get; private set; }

    /// <summary>When its prompt began to be computed; null where the engine does not tell.</summary>
    public long? PrefillStart { get; private set; }

    /// <summary>Stamps of the arrivals of output, in order.</summary>
    public ReadOnlySpan<long> Arrivals => _arrivals.AsSpan(0, _count);

    /// <summary>Output tokens of each arrival, or empty where each brought exactly one.</summary>
    public ReadOnlySpan<int> TokensPerArrival => _tokensPerArrival is { } tokens ? tokens.AsSpan(0, _count) : [];

    /// <summary>Ids of the output tokens, where they are kept (<c>save_outputs</c>).</summary>
    public ReadOnlySpan<int> TokenIds => _tokens.AsSpan(0, _tokens.Length == 0 ? 0 : _count);

    public int OutputTokens { get; private set; }

    /// <summary>Prompt tokens that were computed: none where the request failed before its prompt was.</summary>
    public int InputTokens { get; private set; }

    public bool IsDone { get; private set; }

    public RequestFailure? Failure { get; private set; }

    internal void MarkSent(long intended, long sent, bool keepTokens)
    {
        Intended = intended;
        Sent = sent;
        if (keepTokens)
            _tokens = new int[_arrivals.Length];
    }

    internal void MarkPrefillStarted(long stamp) => PrefillStart = stamp;

    /// <summary>The prompt is in the engine's cache.</summary>
    internal void MarkPrefilled() => InputTokens = Request.Prompt.Count;

    internal void Add(in TokenEvent arrival)
    {
        if (_count == 0)
            MarkPrefilled();
        if (_count == _arrivals.Length)
            Grow();
        _arrivals[_count] = arrival.Timestamp;
        if (_tokens.Length > 0)
            _tokens[_count] = arrival.TokenId;
        if (arrival.Tokens != 1 || _tokensPerArrival is not null)
            TokensOf(_count) = arrival.Tokens;
        _count++;
        OutputTokens += arrival.Tokens;
    }

    internal void Finish(RequestFailure? failure)
    {
        IsDone = true;
        Failure = failure;
    }

    ref int TokensOf(int index)
    {
        if (_tokensPerArrival is null)
        {
            _tokensPerArrival = new int[_arrivals.Length];
            _tokensPerArrival.AsSpan(0, index).Fill(1);
        }

        return ref _tokensPerArrival[index];
    }

    void Grow()
    {
        Array.Resize(ref _arrivals, _arrivals.Length * 2);
        if (_tokens.Length > 0)
            Array.Resize(ref _tokens, _arrivals.Length);
        if (_tokensPerArrival is not null)
            Array.Resize(ref _tokensPerArrival, _arrivals.Length);
    }
}

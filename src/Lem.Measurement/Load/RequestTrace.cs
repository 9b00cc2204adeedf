using System.Buffers;
using System.Text;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Load;

/// <summary>What happened to one request, in stamps of the monotonic clock. Only the thread that runs the load writes it.</summary>
/// <param name="order">Its place in the order of intended starts, from zero.</param>
public sealed class RequestTrace(GenerationRequest request, int order)
{
    // What one request has done with serves the next. A thousand streams hold a thousand at once, which the shared pool would not keep.
    static readonly ArrayPool<long> Stamps = ArrayPool<long>.Create(maxArrayLength: 1 << 20, maxArraysPerBucket: 1 << 12);

    // Of the output tokens; grown by doubling, so that long limits cost nothing until they are reached.
    long[] _arrivals = Stamps.Rent(Math.Min(request.MaxTokens, 256));
    int[] _tokens = [];
    int[]? _tokensPerArrival;
    StringBuilder? _text;
    bool _countsUnknown;
    int _kept;
    long? _over;

    public GenerationRequest Request { get; } = request;

    public int Order { get; } = order;

    /// <summary>When the request should have been sent: what latency counts from.</summary>
    public long Intended { get; private set; }

    /// <summary>When it was really handed to the engine.</summary>
    public long Sent { get; private set; }

    /// <summary>When its prompt began to be computed; null where the engine does not tell.</summary>
    public long? PrefillStart { get; private set; }

    /// <summary>How many times output arrived.</summary>
    public int ArrivalCount { get; private set; }

    /// <summary>When output first arrived; null where none came.</summary>
    public long? FirstArrival { get; private set; }

    /// <summary>When output last arrived; null where none came.</summary>
    public long? LastArrival { get; private set; }

    /// <summary>Stamps of the arrivals of output, in order; empty once they are forgotten.</summary>
    public ReadOnlySpan<long> Arrivals => _arrivals.AsSpan(0, _kept);

    /// <summary>Output tokens of each arrival; empty where each brought exactly one, and where they are not known.</summary>
    public ReadOnlySpan<int> TokensPerArrival => _tokensPerArrival is { } tokens && !_countsUnknown ? tokens.AsSpan(0, _kept) : [];

    /// <summary>Ids of the output tokens, where they are kept (<c>save_outputs</c>).</summary>
    public ReadOnlySpan<int> TokenIds => _tokens.AsSpan(0, _tokens.Length == 0 ? 0 : ArrivalCount);

    /// <summary>What it answered, from engines that answer in text; null from others.</summary>
    public string? Text => _text?.ToString();

    /// <summary>0 as long as nobody has counted them.</summary>
    public int OutputTokens { get; private set; }

    /// <summary>False where output came of which nobody says how many tokens it was.</summary>
    public bool IsCounted => !_countsUnknown || Usage?.OutputTokens is not null;

    /// <summary>Prompt tokens that were computed: none where the request failed before its prompt was.</summary>
    public int InputTokens { get; private set; }

    /// <summary>What the engine itself counted; null where it does not.</summary>
    public RequestUsage? Usage { get; private set; }

    public bool IsDone { get; private set; }

    public RequestFailure? Failure { get; private set; }

    /// <summary>When it ended: with its last token or, where it failed or brought none, when that was known; null while it runs.</summary>
    public long? End => Failure is null ? LastArrival ?? _over : _over ?? LastArrival;

    internal void MarkSent(long intended, long sent, bool keepTokens)
    {
        Intended = intended;
        Sent = sent;
        if (keepTokens)
            _tokens = new int[_arrivals.Length];
    }

    /// <summary>Notes an event of this request.</summary>
    internal void Take(in TokenEvent e)
    {
        switch (e.Kind)
        {
            case TokenEventKind.Sent:
                Sent = e.Timestamp;
                break;
            case TokenEventKind.PrefillStarted:
                MarkPrefillStarted(e.Timestamp);
                break;
            case TokenEventKind.PrefillEnded when !IsDone:
                MarkPrefilled();
                break;
            case TokenEventKind.Token:
                Add(e);
                break;
            case TokenEventKind.Finished or TokenEventKind.Failed:
                Finish(e.Failure, e.Usage, e.Timestamp);
                break;
        }
    }

    internal void MarkPrefillStarted(long stamp) => PrefillStart = stamp;

    /// <summary>The prompt is in the engine's cache.</summary>
    internal void MarkPrefilled() => InputTokens = Request.Prompt.Count;

    internal void Add(in TokenEvent arrival)
    {
        if (FirstArrival is null)
        {
            MarkPrefilled();
            FirstArrival = arrival.Timestamp;
        }

        if (_kept == _arrivals.Length)
            Grow();
        _arrivals[_kept] = arrival.Timestamp;
        if (_tokens.Length > 0)
            _tokens[_kept] = arrival.TokenId;
        if (arrival.Text is { } text)
            (_text ??= new StringBuilder()).Append(text);
        var tokens = Math.Max(arrival.Tokens, 0);
        _countsUnknown |= arrival.Tokens < 0;
        if (tokens != 1 || _tokensPerArrival is not null)
            TokensOf(_kept) = tokens;
        LastArrival = arrival.Timestamp;
        ArrivalCount = ++_kept;
        OutputTokens += tokens;
    }

    // Where the engine counts, its count stands; and if what came piece by piece does not add up to it, nobody knows what a piece held.
    /// <param name="over">When it was known to be over.</param>
    internal void Finish(RequestFailure? failure, RequestUsage? usage = null, long? over = null)
    {
        IsDone = true;
        _over = over;
        Failure = failure;
        Usage = usage;
        if (usage?.OutputTokens is { } output)
        {
            _countsUnknown |= output != OutputTokens;
            OutputTokens = output;
        }

        if (usage?.PromptTokens is { } input)
            InputTokens = input;
    }

    /// <summary>Lets the stamps between the first and the last go, once the request is done and recorded: a long window would keep them all.</summary>
    internal void Forget()
    {
        Stamps.Return(_arrivals);
        _arrivals = [];
        _tokensPerArrival = null;
        _kept = 0;
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
        var larger = Stamps.Rent(_arrivals.Length * 2);
        _arrivals.CopyTo(larger, 0);
        Stamps.Return(_arrivals);
        _arrivals = larger;
        if (_tokens.Length > 0)
            Array.Resize(ref _tokens, _arrivals.Length);
        if (_tokensPerArrival is not null)
            Array.Resize(ref _tokensPerArrival, _arrivals.Length);
    }
}

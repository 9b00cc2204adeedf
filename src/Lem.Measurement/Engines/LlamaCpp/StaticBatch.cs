using Lem.Core;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>
/// Runs one static batch: all prompts, then one token of every row per step. A row that is done leaves the batch: nothing is padded, and nothing
/// is computed or counted after a row's end.
/// </summary>
sealed class StaticBatch : IDisposable
{
    readonly LlamaContext _context;
    readonly BatchBuffer _buffer;
    readonly TimeProvider _time;
    readonly BatchRow[] _rows;
    readonly List<BatchRow> _active;
    readonly List<BatchRow> _completePrompts;
    readonly TokenEvent[] _events;
    Stage _stage;

    public StaticBatch(LlamaContext context, BatchBuffer buffer, IReadOnlyList<GenerationRequest> requests, TimeProvider time)
    {
        _context = context;
        _buffer = buffer;
        _time = time;
        // Rows that may end first get the last sequences (IEngine.TraceFlopsAsync counts on it): llama.cpp computes neighbouring sequences together, so a gap would cost a pass of its own.
        _rows = [.. requests.OrderByDescending(request => request.MaxTokens).Select((request, sequence) => new BatchRow(request, sequence, context))];
        _active = [.. _rows];
        _completePrompts = new(_rows.Length);
        // A step brings a token and an end for each row; prefill its own start or end beside them.
        _events = new TokenEvent[2 * _rows.Length + 1];
        _buffer.Clear();
        _context.Clear(wipe: false);
    }

    enum Stage
    {
        Start,
        Prefill,
        Decode,
    }

    /// <summary>How many events the last <see cref="Advance"/> brought.</summary>
    public int EventCount { get; private set; }

    public TokenEvent Event(int index) => _events[index];

    /// <summary>Goes on by one step; false when all rows are done.</summary>
    /// <exception cref="LemException">llama.cpp broke down.</exception>
    public bool Advance(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EventCount = 0;
        if (_stage == Stage.Decode && _active.Count == 0)
            return false;

        switch (_stage)
        {
            case Stage.Start:
                Start();
                break;
            case Stage.Prefill:
                Prefill(cancellationToken);
                break;
            default:
                Step();
                break;
        }

        if (_stage < Stage.Decode)
            _stage++;
        _active.RemoveAll(static row => row.IsDone);
        return true;
    }

    public void Dispose()
    {
        foreach (var row in _rows)
            row.Dispose();
    }

    void Start()
    {
        var stamp = _time.GetTimestamp();
        Tell(new(TokenEventKind.PrefillStarted, -1, stamp));
        foreach (var row in _active)
        {
            row.CheckPrompt();
            if (row.IsDone)
                TellNews(row, stamp);
        }
    }

    void Prefill(CancellationToken cancellationToken)
    {
        using (_context.InterruptBy(cancellationToken))
        {
            if (_active.TrueForAll(row => AddPrompt(row, cancellationToken)))
                ComputePrompts(cancellationToken);
        }

        // The first tokens come from the prompts' own logits: they are there when prefill ends.
        var stamp = _time.GetTimestamp();
        Tell(new(TokenEventKind.PrefillEnded, -1, stamp));
        foreach (var row in _active)
            TellNews(row, stamp);
    }

    bool AddPrompt(BatchRow row, CancellationToken cancellationToken)
    {
        var prompt = row.Request.Prompt;
        for (var i = 0; i < prompt.Count; i++)
        {
            if (_buffer.IsFull && !ComputePrompts(cancellationToken))
                return false;
            var isLast = i == prompt.Count - 1;
            var index = _buffer.Add(prompt[i], i, row.Sequence, wantsLogits: isLast);
            if (isLast)
            {
                row.LogitsIndex = index;
                _completePrompts.Add(row);
            }
        }

        return true;
    }

    // Logits last until the next computation, so rows whose prompt is complete choose at once.
    bool ComputePrompts(CancellationToken cancellationToken)
    {
        if (!Compute(cancellationToken))
            return false;
        foreach (var row in _completePrompts)
            row.Choose();
        _completePrompts.Clear();
        return true;
    }

    void Step()
    {
        foreach (var row in _active)
        {
            if (row.Position < _context.TokensPerRequest)
                row.LogitsIndex = _buffer.Add(row.Token, row.Position, row.Sequence, wantsLogits: true);
            else
                row.Fail("context_full", $"the context of {_context.TokensPerRequest} tokens is full");
        }

        var isComputed = Compute(CancellationToken.None);
        foreach (var row in _active)
        {
            if (isComputed && !row.IsDone)
                row.Choose();
            TellNews(row, _time.GetTimestamp());
        }
    }

    // False where the cache has no room: a failure of every row in the batch, for none can go on.
    bool Compute(CancellationToken cancellationToken)
    {
        if (_buffer.Count == 0)
            return true;
        var status = _context.Decode(_buffer);
        _buffer.Clear();
        if (status == DecodeStatus.Cancelled)
            throw new OperationCanceledException(cancellationToken);
        if (status == DecodeStatus.Done)
            return true;

        foreach (var row in _active)
            row.Fail("context_full", $"the batch does not fit the context of {_context.Tokens} tokens");
        return false;
    }

    void TellNews(BatchRow row, long stamp)
    {
        if (row.Failure is null)
            Tell(new(TokenEventKind.Token, row.Request.Index, stamp, Tokens: 1, TokenId: row.Token));
        if (row.IsDone)
            Tell(new(row.Failure is null ? TokenEventKind.Finished : TokenEventKind.Failed, row.Request.Index, stamp, Failure: row.Failure));
    }

    void Tell(in TokenEvent e) => _events[EventCount++] = e;
}

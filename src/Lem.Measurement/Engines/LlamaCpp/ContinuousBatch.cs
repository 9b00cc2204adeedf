using System.Collections.Concurrent;
using Lem.Core;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>
/// Runs requests as they come, on a thread of its own: each takes a free slot, its prompt joins the next steps beside the tokens of the others, and it leaves when it is done.
/// </summary>
/// <remarks>In a step every request that decodes has its one token; prompts share what room is left of <c>n_batch</c>, in the order in which they came.</remarks>
sealed class ContinuousBatch : IDisposable
{
    readonly LlamaContext _context;
    readonly BatchBuffer _buffer;
    readonly TimeProvider _time;
    readonly BlockingCollection<SlotTicket> _waiting = [];
    readonly Stack<int> _freeSlots;
    readonly List<SlotTicket> _active = [];
    readonly Thread _thread;
    LemException? _broken;

    /// <param name="slots">Requests that run side by side at most.</param>
    public ContinuousBatch(LlamaContext context, BatchBuffer buffer, int slots, TimeProvider time)
    {
        (_context, _buffer, _time) = (context, buffer, time);
        _freeSlots = new Stack<int>(Enumerable.Range(0, slots).Reverse());
        _thread = new Thread(Run) { IsBackground = true, Name = "lem llama.cpp" };
        _thread.Start();
    }

    /// <summary>Lines a request up. Its events end with Finished or Failed, or the channel with an error.</summary>
    /// <exception cref="LemException">llama.cpp broke down before.</exception>
    public SlotTicket Enter(GenerationRequest request, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _broken) is { } broken)
            throw broken;
        var ticket = new SlotTicket(request, cancellationToken);
        _waiting.Add(ticket, CancellationToken.None);
        return ticket;
    }

    /// <summary>Ends the thread; requests under way are given up.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    void Run()
    {
        try
        {
            _context.Clear(wipe: false);
            while (Admit())
                Step();
            End(new OperationCanceledException("the engine was unloaded"));
        }
        catch (LemException e)
        {
            Volatile.Write(ref _broken, e);
            End(e);
        }
    }

    // Fills free slots; waits where nobody is there at all. False at the end.
    bool Admit()
    {
        while (_freeSlots.Count > 0)
        {
            if (!_waiting.TryTake(out var ticket, _active.Count == 0 ? Timeout.Infinite : 0))
                return _active.Count > 0 && !_waiting.IsAddingCompleted;
            if (ticket.CancellationToken.IsCancellationRequested)
            {
                ticket.Close(new OperationCanceledException(ticket.CancellationToken));
                continue;
            }

            ticket.Row = new BatchRow(ticket.Request, _freeSlots.Pop(), _context);
            ticket.Row.CheckPrompt();
            ticket.Tell(TokenEventKind.PrefillStarted, _time.GetTimestamp());
            if (ticket.Row.IsDone)
                Leave(ticket);
            else
                _active.Add(ticket);
        }

        return !_waiting.IsAddingCompleted;
    }

    void Step()
    {
        foreach (var ticket in _active)
            if (Row(ticket) is { IsDone: false } row && !ticket.IsPrefilling)
                AddToken(row);
        foreach (var ticket in _active)
            AddPrompt(ticket);

        var isComputed = _buffer.Count == 0 || _context.Decode(_buffer) == DecodeStatus.Done;
        _buffer.Clear();
        var stamp = _time.GetTimestamp();
        foreach (var ticket in _active)
            Tell(ticket, isComputed, stamp);
        for (var i = _active.Count - 1; i >= 0; i--)
            if (Row(_active[i]).IsDone || _active[i].CancellationToken.IsCancellationRequested)
            {
                Leave(_active[i]);
                _active.RemoveAt(i);
            }
    }

    void AddToken(BatchRow row)
    {
        if (row.Position < _context.TokensPerRequest)
            row.LogitsIndex = _buffer.Add(row.Token, row.Position, row.Sequence, wantsLogits: true);
        else
            row.Fail("context_full", $"the context of {_context.TokensPerRequest} tokens is full");
    }

    void AddPrompt(SlotTicket ticket)
    {
        var prompt = ticket.Request.Prompt;
        ticket.IsPromptComplete = false;
        while (ticket.IsPrefilling && !_buffer.IsFull)
        {
            var i = ticket.PromptAdded++;
            var isLast = i == prompt.Count - 1;
            var index = _buffer.Add(prompt[i], i, Row(ticket).Sequence, wantsLogits: isLast);
            if (!isLast)
                continue;
            Row(ticket).LogitsIndex = index;
            ticket.IsPromptComplete = true;
        }
    }

    void Tell(SlotTicket ticket, bool isComputed, long stamp)
    {
        var row = Row(ticket);
        if (!isComputed)
            row.Fail("context_full", $"the step does not fit the context of {_context.Tokens} tokens");
        if (row.IsDone || (ticket.IsPrefilling && !ticket.IsPromptComplete))
            return;
        if (ticket.IsPromptComplete)
            ticket.Tell(TokenEventKind.PrefillEnded, stamp);
        row.Choose();
        if (row.Failure is null)
            ticket.TellToken(_time.GetTimestamp(), row.Token);
    }

    void Leave(SlotTicket ticket)
    {
        using var row = Row(ticket);
        _context.Forget(row.Sequence);
        _freeSlots.Push(row.Sequence);
        if (row.IsDone)
        {
            ticket.Tell(row.Failure is null ? TokenEventKind.Finished : TokenEventKind.Failed, _time.GetTimestamp(), row.Failure);
            ticket.Close();
        }
        else
            ticket.Close(new OperationCanceledException(ticket.CancellationToken));
    }

    void End(Exception why)
    {
        foreach (var ticket in _active)
        {
            ticket.Row?.Dispose();
            ticket.Close(why);
        }

        _active.Clear();
        while (_waiting.TryTake(out var ticket))
            ticket.Close(why);
    }

    static BatchRow Row(SlotTicket ticket) => ticket.Row ?? throw new InvalidOperationException("a ticket without a slot is not active");
}

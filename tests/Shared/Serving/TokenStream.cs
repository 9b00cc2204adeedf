namespace Lem.Tests.Shared.Serving;

/// <summary>
/// One answer as a stream of server-sent events, written step by step into a buffer; each step is one event of every choice. Allocates
/// nothing per event. Knows no time and no socket.
/// </summary>
sealed class TokenStream
{
    readonly GenerationCall _call;
    readonly ServicePlan _plan;
    readonly MockOptions _options;
    readonly EventShape[] _shapes;
    readonly byte[] _lineEnd;
    bool _faultDone;
    int _sent; // Tokens of each choice.

    public TokenStream(GenerationCall call, ServicePlan plan)
    {
        (_call, _plan, _options) = (call, plan, plan.Options);
        _shapes = [.. call.Prompts.Select((_, choice) => new EventShape(_options.Flavour, call.IsChat, _options.Model, choice))];
        _lineEnd = _options.Wire.Crlf ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
    }

    /// <summary>All tokens are written; what follows is the end.</summary>
    public bool IsComplete => _sent >= _plan.OutputTokens;

    /// <summary>Tokens of all choices that the last step wrote.</summary>
    public int LastTokens { get; private set; }

    /// <summary>Filled in by whoever keeps the time, for llama-server's timings.</summary>
    public StreamTimes Times { get; } = new();

    public StreamStep Write(SendBuffer to)
    {
        LastTokens = 0;
        if (_plan.Fault is { } fault && !_faultDone && _sent >= Math.Min(fault.AfterTokens, _plan.OutputTokens))
        {
            _faultDone = true;
            if (Fail(fault, to) is { } step)
                return step;
        }

        if (IsComplete)
        {
            WriteEnd(to);
            return StreamStep.End;
        }

        var tokens = Math.Min(_options.TokensPerChunk, _plan.OutputTokens - _sent);
        if (_sent == 0 && _call.IsChat)
            foreach (var shape in _shapes)
                WriteEvent(to, shape.Role);
        _sent += tokens;
        foreach (var shape in _shapes)
            WriteTokens(to, shape, tokens);
        LastTokens = tokens * _shapes.Length;
        return StreamStep.Tokens;
    }

    // Null: the stream goes on after what was written.
    StreamStep? Fail(MockFault fault, SendBuffer to)
    {
        switch (fault.Kind)
        {
            case FaultKind.Stall:
                return StreamStep.Stall;
            case FaultKind.Close:
                return StreamStep.Close;
            case FaultKind.Reset:
                return StreamStep.Reset;
            case FaultKind.Die:
                return StreamStep.Die;
            case FaultKind.StreamError:
                WriteEvent(to, "data: "u8, ErrorBody.Write(_options, 500, "the engine core has died"));
                if (_options.Flavour != Flavour.LlamaServer)
                    WriteEvent(to, "data: [DONE]"u8);
                to.Append("0\r\n\r\n"u8);
                return StreamStep.End;
            case FaultKind.MalformedJson:
                WriteEvent(to, "data: {\"id\":\"cmpl-mock\",\"choices\":[{\"index\":0,\"text\":\""u8);
                return null;
            case FaultKind.MalformedSse:
                WriteEvent(to, "<html>this is no event</html>"u8);
                return null;
            case FaultKind.EmptyChoices:
                WriteEvent(to, _shapes[0].NoChoices, "}"u8);
                return null;
            case FaultKind.LongLine:
                to.OpenChunk();
                to.Append(": "u8);
                to.Fill((byte)'x', fault.Bytes - 2);
                EndEvent(to);
                return null;
            default:
                return null;
        }
    }

    void WriteTokens(SendBuffer to, EventShape shape, int tokens)
    {
        OpenEvent(to);
        to.Append(shape.BeforeText);
        for (var n = _sent - tokens; n < _sent; n++)
            to.Append(Vocabulary.Word(Vocabulary.OutputToken(n, _options.Wire.Utf8)));
        to.Append(shape.AfterText);
        // llama-server tells the reason in an event of its own.
        AppendReason(to, last: IsComplete && _options.Flavour != Flavour.LlamaServer);
        to.Append(shape.AfterFinish);
        if (_call.ReturnTokenIds)
            AppendTokenIds(to, tokens);
        to.Append(shape.AfterChoices);
        if (_call.ContinuousUsage && _options.Flavour != Flavour.LlamaServer)
            AppendUsage(to);
        if (_call.TimingsPerToken && _options.Flavour == Flavour.LlamaServer)
            AppendTimings(to);
        to.Append("}"u8);
        EndEvent(to);
    }

    void WriteEnd(SendBuffer to)
    {
        var llama = _options.Flavour == Flavour.LlamaServer;
        var fault = _plan.Fault?.Kind;
        if (llama)
            foreach (var shape in _shapes)
                WriteLlamaEnd(to, shape, withUsage: !_call.IsChat && fault != FaultKind.UsageMissing);

        // llama-server's completions have told it already.
        var times = !_call.IncludeUsage || (llama && !_call.IsChat) || fault == FaultKind.UsageMissing ? 0 : fault == FaultKind.UsageDoubled ? 2 : 1;
        for (var i = 0; i < times; i++)
        {
            OpenEvent(to);
            to.Append(_shapes[0].NoChoices);
            AppendUsage(to);
            to.Append("}"u8);
            EndEvent(to);
        }

        if (fault != FaultKind.DoneMissing)
            WriteEvent(to, "data: [DONE]"u8);
        to.Append("0\r\n\r\n"u8);
    }

    void WriteLlamaEnd(SendBuffer to, EventShape shape, bool withUsage)
    {
        OpenEvent(to);
        to.Append(shape.BeforeText);
        to.Append(shape.AfterText);
        AppendReason(to, last: true);
        to.Append(shape.AfterChoices);
        if (withUsage)
            AppendUsage(to);
        AppendTimings(to);
        to.Append("}"u8);
        EndEvent(to);
    }

    void AppendReason(SendBuffer to, bool last) =>
        to.Append(!last ? "null"u8 : _plan.StoppedByModel ? "\"stop\""u8 : "\"length\""u8);

    void AppendTokenIds(SendBuffer to, int tokens)
    {
        to.Append(",\"token_ids\":["u8);
        for (var n = _sent - tokens; n < _sent; n++)
        {
            if (n > _sent - tokens)
                to.Append(","u8);
            to.Append(Vocabulary.OutputToken(n, _options.Wire.Utf8));
        }

        to.Append("]"u8);
    }

    void AppendUsage(SendBuffer to)
    {
        var output = (_sent * _shapes.Length) + (_plan.Fault?.Kind == FaultKind.UsageWrong ? 7 : 0);
        to.Append(",\"usage\":{\"prompt_tokens\":"u8);
        to.Append(_call.PromptTokens);
        to.Append(",\"total_tokens\":"u8);
        to.Append(_call.PromptTokens + output);
        to.Append(",\"completion_tokens\":"u8);
        to.Append(output);
        to.Append("}"u8);
    }

    // Names as in llama-server's result_timings.
    void AppendTimings(SendBuffer to)
    {
        to.Append(",\"timings\":{\"cache_n\":"u8);
        to.Append(_plan.CachedTokens);
        to.Append(",\"prompt_n\":"u8);
        to.Append(_call.PromptTokens - _plan.CachedTokens);
        to.Append(",\"prompt_ms\":"u8);
        to.Append(Times.PromptMs);
        to.Append(",\"predicted_n\":"u8);
        to.Append(_sent);
        to.Append(",\"predicted_ms\":"u8);
        to.Append(Times.PredictedMs);
        to.Append("}"u8);
    }

    void WriteEvent(SendBuffer to, ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest = default)
    {
        OpenEvent(to);
        to.Append(line);
        to.Append(rest);
        EndEvent(to);
    }

    void OpenEvent(SendBuffer to)
    {
        to.OpenChunk();
        if (_options.Wire.Comments)
        {
            to.Append(": ping"u8);
            to.Append(_lineEnd);
            to.Append(_lineEnd);
        }
    }

    void EndEvent(SendBuffer to)
    {
        to.Append(_lineEnd);
        to.Append(_lineEnd);
        to.CloseChunk(_options.Wire);
    }
}

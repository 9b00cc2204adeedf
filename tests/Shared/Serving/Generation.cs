using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>Serves one completion from its arrival to its end, or to the failure that is planned for it.</summary>
/// <param name="gone">Done when the client has left.</param>
sealed class Generation(MockServer server, Socket socket, SendBuffer buffer, HttpRequest request, Task gone)
{
    readonly MockOptions _options = server.Options;

    readonly MockRequest _log = server.Log.Add(
        request.Path,
        request.Id,
        () => request.Body.Length <= server.Options.KeepBodyBytes ? Encoding.UTF8.GetString(request.Body.Span) : null,
        Monotonic.Now());

    bool _left;

    /// <summary>The call behind the request, or the page that refuses it. Must be taken before the next request is read.</summary>
    public (GenerationCall? Call, Page? Refusal) Read()
    {
        try
        {
            var call = GenerationCallReader.Read(request.Path.EndsWith("/chat/completions", StringComparison.Ordinal), request.Body);
            _log.PromptTokens = call.PromptTokens;
            var longest = call.Prompts.Max(prompt => prompt.Count) + (call.MaxTokens ?? 0);
            // llama-server and TensorRT-LLM answer whatever model is named.
            if (_options.Flavour is Flavour.Vllm or Flavour.Plain && call.Model != _options.Model)
                return (null, Page.Error(_options, 404, $"The model `{call.Model}` does not exist."));
            if (longest > _options.MaxModelLen)
            {
                return (null, Page.Error(_options, 400, $"This model's maximum context length is {_options.MaxModelLen} tokens. "
                    + $"However, you requested {longest} tokens. Please reduce the length of the prompt or of the completion."));
            }

            return (call, null);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return (null, Page.Error(_options, 400, e.Message));
        }
    }

    /// <summary>Answers; false where the connection cannot be used any more.</summary>
    public async Task<bool> ServeAsync(GenerationCall? call, Page? refusal)
    {
        if (call is null || refusal is not null)
            return await SendPageAsync(refusal ?? Page.Error(_options, 400, "no request"));
        var fault = _options.Faults.FirstOrDefault(fault => fault.Hits(_log.Number, _options.Seed));
        if (fault?.Kind == FaultKind.Status)
            return await SendPageAsync(Page.Error(_options, fault.Status, $"mock failure {fault.Status}"));
        if (fault is { Kind: FaultKind.Silence or FaultKind.Reset or FaultKind.Close or FaultKind.Die, AfterTokens: 0 })
            return await EndAsync(fault.Kind switch
            {
                FaultKind.Silence => StreamStep.Stall,
                FaultKind.Reset => StreamStep.Reset,
                FaultKind.Die => StreamStep.Die,
                _ => StreamStep.Close,
            });

        var head = call.Stream ? StreamHead() : [];
        // FastAPI sends the headers of a stream as soon as it has one; llama-server waits for the first result.
        if (call.Stream && _options.Flavour != Flavour.LlamaServer && (_options.TtftMs > 0 || _options.MaxRunning is not null))
        {
            await Wire.SendAsync(socket, head);
            head = [];
        }

        if (!await server.Slots.EnterAsync(gone))
            return await EndAsync(null);
        StreamStep? end = null;
        try
        {
            end = await RunAsync(call, fault, head);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client left, and so it is logged.
        }

        LeaveService(succeeded: false);
        // llama-server's library promises keep-alive and closes the connection after a chunked answer all the same.
        return await EndAsync(end) && !(call.Stream && _options.Flavour == Flavour.LlamaServer);
    }

    Task<StreamStep?> RunAsync(GenerationCall call, MockFault? fault, byte[] head)
    {
        var started = Monotonic.Now();
        var cached = _options.PrefixCache && call.CachePrompt ? call.Prompts.Sum(server.Prefixes.Lookup) : 0;
        var plan = ServicePlan.For(_log.Number, call, cached, fault, _options);
        (_log.Started, _log.CachedTokens) = (started, cached);
        var preempted = _options.PreemptEvery is { } every && (_log.Number + 1) % every == 0;
        server.Statistics.Begin(call.PromptTokens, cached, (started - _log.Received) / 1e9, preempted);
        return call.Stream ? StreamAsync(call, plan, head, started) : AnswerAsync(call, plan, started);
    }

    // Once, at the first of its ends: before the last bytes of a success, so that who has read them finds the server free.
    void LeaveService(bool succeeded)
    {
        if (Interlocked.Exchange(ref _left, true))
            return;
        if (succeeded)
            _log.End("complete");
        server.Statistics.End(_log, succeeded, Monotonic.Now());
        server.Slots.Leave();
    }

    async Task<StreamStep?> StreamAsync(GenerationCall call, ServicePlan plan, byte[] head, long started)
    {
        var stream = new TokenStream(call, plan);
        stream.Times.Started = started;
        var sender = new StreamSender(socket, stream, plan, _log, server.Statistics, server.Timing, () => LeaveService(succeeded: true));
        var due = started + plan.TimeToFirst(call.PromptTokens);
        if (!_options.IsFlood)
            return await sender.SendTimedAsync(head, due, gone);
        await Task.WhenAny(server.Timing.WhenDue(due), gone);
        return gone.IsCompleted ? null : await sender.FloodAsync(head, buffer);
    }

    // Everything at once, when the last token would have come.
    async Task<StreamStep?> AnswerAsync(GenerationCall call, ServicePlan plan, long started)
    {
        var first = started + plan.TimeToFirst(call.PromptTokens);
        var last = first;
        for (var i = 1; i < plan.Events; i++)
            last += plan.Gap(i);
        await Task.WhenAny(server.Timing.WhenDue(last), gone);
        if (gone.IsCompleted)
            return null;

        var page = Page.Json(WholeAnswer.Write(call, plan, new() { Started = started, First = first, Last = last }));
        var broken = plan.Fault?.Kind switch
        {
            FaultKind.Stall => StreamStep.Stall,
            FaultKind.Reset => StreamStep.Reset,
            FaultKind.Close => StreamStep.Close,
            FaultKind.Die => StreamStep.Die,
            _ => (StreamStep?)null,
        };
        if (broken is null)
        {
            var tokens = plan.OutputTokens * call.Prompts.Count;
            _log.Sent(Monotonic.Now(), tokens);
            server.Statistics.Sent(tokens, plan.Events);
            LeaveService(succeeded: true);
        }

        await Wire.SendAsync(socket, (byte[])[.. page.Head(), .. page.Body.AsSpan(0, broken is null ? page.Body.Length : page.Body.Length / 2)]);
        return broken ?? StreamStep.End;
    }

    async Task<bool> SendPageAsync(Page page)
    {
        _log.End($"{page.Status}");
        await Wire.SendAsync(socket, (byte[])[.. page.Head(), .. page.Body]);
        return true;
    }

    async Task<bool> EndAsync(StreamStep? step)
    {
        if (step is not StreamStep.End)
            _log.End(step?.ToString().ToLowerInvariant() ?? "abandoned");
        switch (step)
        {
            case StreamStep.Stall:
                await gone;
                break;
            case StreamStep.Reset:
                Wire.Reset(socket);
                break;
            case StreamStep.Die:
                server.Die();
                break;
        }

        return step is StreamStep.End;
    }

    byte[] StreamHead() => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\nX-Mock-Request: {_log.Number}\r\n\r\n");
}

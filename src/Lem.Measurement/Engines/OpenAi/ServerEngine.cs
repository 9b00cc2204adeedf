using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Measurement.Engines.OpenAi.Dialects;
using Lem.Measurement.Engines.OpenAi.Hosting;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>A server with the OpenAI interface: driven from outside, over HTTP, as its users do.</summary>
/// <param name="host">Where the server runs: started by lem, or already up.</param>
public sealed class ServerEngine(ServerOptions options, ServerHost host, TimeProvider time) : IEngine
{
    readonly List<Finding> _findings = [];
    readonly Dictionary<GenerationRequest, ReadOnlyMemory<byte>> _bodies = new(ReferenceEqualityComparer.Instance);
    ServerConnection? _server;
    ServerDialect _dialect = new();
    CompletionBody? _body;
    CompletionStream? _stream;
    ServerWatch? _watch;

    public EngineCapabilities Capabilities { get; } =
        new(StaticBatches: false, ExactPhases: false, StepsTokens: false, EmptiesCaches: true, InProcess: false);

    ServerConnection Server => _server ?? throw new InvalidOperationException("The server is not up.");

    CompletionBody Body => _body ?? throw new InvalidOperationException("The server is not up.");

    /// <inheritdoc/>
    /// <exception cref="LemException">The server cannot be started, is not there, knows no such model, or does not count tokens.</exception>
    public async Task<EngineDescription> LoadAsync(CancellationToken cancellationToken)
    {
        var address = await host.StartAsync(cancellationToken);
        _server = new ServerConnection(address, options.Headers, time);
        await ServerReadiness.WaitAsync(_server, host, options.ReadyTimeout, time, cancellationToken);
        _dialect = options.Dialect is { } kind ? ServerDetection.Of(kind) : await ServerDetection.DetectAsync(_server, cancellationToken);
        var served = await ServedModelAsync(_server, cancellationToken);
        _body = new CompletionBody(options.ModelName, options.Endpoint, _dialect, options.Fields, options.ReusesPrompts);
        _stream = new CompletionStream(_server.Http, _server.At(_body.Path), new(options.RequestTimeout, options.IdleTimeout), time, _dialect.KeepsConnections, options.KeepsText);
        await ServerTrial.RunAsync(this, _dialect, options, cancellationToken);

        var effective = await _dialect.EffectiveAsync(_server, cancellationToken);
        effective["server"] = _dialect.Name;
        effective["served_model"] = served;
        var version = await _dialect.VersionAsync(_server, cancellationToken);
        if (EngineVersions.Judge(_dialect.Backend, version) is { } untested)
            _findings.Add(untested);
        return new(
            options.Name,
            version ?? "unknown",
            await _dialect.ModelAsync(_server, cancellationToken),
            null,
            await _dialect.ContextAsync(_server, cancellationToken),
            ExecutionShape.Serving,
            effective,
            options.Devices,
            options.ComputePrecision,
            Synthetic: false,
            TakesText: _body.NeedsText,
            ImageDigest: host.ImageDigest);
    }

    public Task<IReadOnlyList<int>?> TokenizeAsync(string text, CancellationToken cancellationToken) =>
        _dialect.TokenizeAsync(Server, options.ModelName, text, cancellationToken);

    public Task<string?> DetokenizeAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken) =>
        _dialect.DetokenizeAsync(Server, options.ModelName, tokens, cancellationToken);

    public void Prepare(IEnumerable<GenerationRequest> requests)
    {
        foreach (var request in requests)
            _bodies.TryAdd(request, Body.Render(request));
    }

    public IAsyncEnumerable<TokenEvent> GenerateAsync(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken)
    {
        if (requests is not [var request])
            throw new ArgumentException("a server takes requests one by one", nameof(requests));
        var stream = _stream ?? throw new InvalidOperationException("The server is not up.");
        var body = _bodies.TryGetValue(request, out var prepared) ? prepared : Body.Render(request);
        host.ThrowIfDead("in the middle of its work");
        return stream.RunAsync(request.Index, body, cancellationToken);
    }

    public async ValueTask<bool> EmptyCachesAsync(CancellationToken cancellationToken) => options.ReusesNothing || await _dialect.EmptyCachesAsync(Server, options.Fields, cancellationToken);

    public async Task OpenWindowAsync(CancellationToken cancellationToken) =>
        _watch = await ServerWatch.OpenAsync(token => _dialect.CountersAsync(Server, token), options.MetricsInterval, time, cancellationToken);

    public async Task<EngineCounts> CloseWindowAsync(CancellationToken cancellationToken)
    {
        if (_watch is not { } watch)
            return EngineCounts.None;
        _watch = null;
        await using var _ = watch;
        return await watch.CloseAsync(cancellationToken);
    }

    public ValueTask<ExecutedFlops> TraceFlopsAsync(IReadOnlyList<IReadOnlyList<RequestTokens>> batches, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ExecutedFlops.None("a server does not show its graphs"));

    public EngineMemory Memory() => new(null, null, null, null);

    public IReadOnlyList<Finding> TakeFindings()
    {
        Finding[] findings = [.. _findings, .. host.TakeFindings()];
        _findings.Clear();
        return findings;
    }

    public async Task UnloadAsync(CancellationToken cancellationToken)
    {
        if (_watch is { } watch)
            await watch.DisposeAsync();
        _server?.Dispose();
        (_server, _body, _stream, _watch) = (null, null, null, null);
        _bodies.Clear();
        await host.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await UnloadAsync(CancellationToken.None);
        await host.DisposeAsync();
    }

    /// <summary>The name under which the server has the model, as far as it tells.</summary>
    async Task<string?> ServedModelAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        if ((await server.GetAsync("v1/models", cancellationToken))?["data"] is not JsonArray { Count: > 0 } models)
            return null;
        List<string> known = [.. models.Select(model => model?["id"]?.ToString() ?? "")];
        if (known.Contains(options.ModelName))
            return options.ModelName;
        if (!_dialect.TakesAnyModelName)
            throw new LemException(
                $"the server at {server.Address} does not know the model {options.ModelName}; it knows {string.Join(", ", known.Take(5))}",
                $"--model {known[0]}, or, to keep the model's own name in the results, --set openai.server_model={known[0]}");
        if (Path.GetFileNameWithoutExtension(known[0]) != Path.GetFileNameWithoutExtension(options.ModelName))
            _findings.Add(new(
                "served_model_differs", FindingSeverity.Info, $"the server answers to any name; what it serves it calls {known[0]}, and this result {options.ModelName}", "load",
                $"Check that the right model is up; --model {known[0]} takes its name."));
        return known[0];
    }
}

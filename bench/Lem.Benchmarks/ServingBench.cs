using System.Runtime;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Engines.OpenAi.Dialects;
using Lem.Measurement.Engines.OpenAi.Hosting;
using Lem.Measurement.Linux;
using Lem.Measurement.Load;
using Lem.Tests.Shared.Serving;

namespace Lem.Benchmarks;

/// <summary>The mock server in a process of its own, and lem's client and load generator in this one.</summary>
sealed class ServingBench : IAsyncDisposable
{
    readonly MockProcess _server;

    ServingBench(MockProcess server, ServerEngine engine) => (_server, Engine) = (server, engine);

    public ServerEngine Engine { get; }

    public static async Task<ServingBench> StartAsync(params string[] settings)
    {
        var server = await MockProcess.StartAsync(CancellationToken.None, ["flavour=vllm", "keep_requests=0", .. settings]);
        var options = new ServerOptions(
            "vllm", "mock", ServerEndpoint.Completions, new Dictionary<string, string>(), new JsonObject(), TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1), KeepsText: false, [], null, ServerKind.Vllm);
        var engine = new ServerEngine(options, new ServerHost(server.Address), TimeProvider.System);
        await engine.LoadAsync(CancellationToken.None);
        return new(server, engine);
    }

    /// <summary>Equal requests, their bodies made before anything is measured.</summary>
    public GenerationRequest[] Requests(int count, int outputTokens, int inputTokens = 64)
    {
        int[] prompt = [.. Enumerable.Range(1, inputTokens)];
        GenerationRequest[] requests = [.. Enumerable.Range(0, count).Select(i => new GenerationRequest(i, prompt, outputTokens, 0, true, new(Greedy: true), (uint)i))];
        Engine.Prepare(requests);
        return requests;
    }

    /// <summary>Runs them as a measured window does.</summary>
    public Task<WindowOutcome> RunAsync(GenerationRequest[] requests, LoadShape shape)
    {
        GC.Collect();
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        var load = new RequestLoad(Engine, TimeProvider.System, (due, stop) => PreciseWait.Until(due, TimeProvider.System, stop), keepOutput: false);
        return load.RunAsync(requests, shape, Finished, LoadStops.None);

        void Finished(RequestTrace trace)
        {
            RequestRecords.From(trace, load.Open, TimeProvider.System);
            trace.Forget();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _server.Dispose();
    }
}

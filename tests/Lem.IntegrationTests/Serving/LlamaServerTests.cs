using System.Globalization;
using System.Text.Json.Nodes;
using Lem.IntegrationTests.RealParts;
using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>A real server that nobody here wrote: Debian's llama-server on a model that lem made.</summary>
[Collection(LlamaServers.Collection)]
public sealed class LlamaServerTests : IDisposable
{
    const int Requests = 12;
    const int Tokens = 64;

    readonly SidRoot _debian = SidRoot.Require();
    readonly LemProcess _lem = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lem.Dispose();
        _debian.Dispose();
    }

    [Fact]
    public async Task Started_by_lem_it_counts_and_times_what_lem_counts_and_times()
    {
        await WriteConfigAsync($"num_cycles: 3\nconcurrency: 1\nserver: {{command: [{await CommandAsync()}]}}");

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 0, error);
        var run = MeasuredRun.Of(_lem.Results);
        Assert.Equal(3, run.Results.Count);
        var ratios = new List<double>();
        foreach (var (result, requests) in run.Results.Zip(run.Requests))
        {
            Assert.Equal(Requests * Tokens, MeasuredRun.Number(result["inference_metrics"]?["output_tokens"]));
            Assert.Equal(Requests * Tokens, MeasuredRun.Number(MeasuredRun.Statistics(result)?["generated_tokens"]));

            // Every prompt is computed anew in every window: the prefix cache is empty.
            Assert.Equal(MeasuredRun.Number(result["inference_metrics"]?["input_tokens"]), MeasuredRun.Number(MeasuredRun.Statistics(result)?["prompt_tokens"]));

            var ours = requests.Sum(r => MeasuredRun.Number(r["last_s"]) - MeasuredRun.Number(r["first_s"])) * 1e3 / (Requests * Tokens);
            var its = MeasuredRun.Number(MeasuredRun.Statistics(result)?["tpot_mean_ms"]);
            ratios.Add(ours / its);
            foreach (var figure in (string[])["ttft", "tpot", "itl", "e2e", "dispatch_delay"])
                Assert.True(MeasuredRun.Number(result["latency_stats"]?[figure]?["mean"]) >= 0, figure);
            Assert.True(MeasuredRun.Number(result["energy_metrics"]?["total_energy_j"]) > 0);
        }

        // What a busy machine adds to a window it does not add to each alike; a wrong stamp or a lost token is in all of them.
        Assert.InRange(ratios.MinBy(ratio => Math.Abs(ratio - 1)), 0.95, 1.05);
        Assert.False(_debian.IsUsed());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_lem.Results, "run")));
    }

    [Fact]
    public async Task Attached_it_serves_eight_users_and_is_left_running()
    {
        using var server = await StartServerAsync();
        await WriteConfigAsync($"concurrency: 8\nslo: {{ttft_ms: 60000}}\nserver: {{url: 'http://127.0.0.1:{server.Port}'}}");

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--quiet");

        Assert.True(code == 0, error);
        var result = Assert.Single(MeasuredRun.Of(_lem.Results).Results);
        Assert.Equal(Requests * Tokens, MeasuredRun.Number(result["inference_metrics"]?["output_tokens"]));
        Assert.Equal(8, MeasuredRun.Number(result["load"]?["max_in_flight"]));
        Assert.Equal(Requests, MeasuredRun.Number(result["latency_stats"]?["good_requests"]));
        Assert.False(server.Process.HasExited);
    }

    [Fact]
    public async Task More_than_it_can_take_is_flagged_and_latency_counts_from_the_intended_start()
    {
        using var server = await StartServerAsync();
        await WriteConfigAsync($"num_input_prompts: 60\ntraffic_simulation: {{enabled: true, target_qps: 200, max_concurrency: 4}}\nserver: {{url: 'http://127.0.0.1:{server.Port}'}}");

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--quiet");

        Assert.True(code == 0, error);
        var result = Assert.Single(MeasuredRun.Of(_lem.Results).Results);
        Assert.Contains("saturated", MeasuredRun.Findings(result));
        Assert.Contains("not_open_loop", MeasuredRun.Findings(result));
        var latency = result["latency_stats"];
        Assert.True(MeasuredRun.Number(latency?["e2e"]?["mean"]) > 3 * MeasuredRun.Number(latency?["service"]?["mean"]));
        Assert.Equal(60, MeasuredRun.Number(result["load"]?["max_in_flight"]), 15.0);
    }

    [Fact]
    public async Task What_it_can_take_is_not_flagged()
    {
        using var server = await StartServerAsync("synthetic:tiny");
        string Load(string load) => $"num_input_prompts: 40\nmax_output_tokens: 4\n{load}\nserver: {{url: 'http://127.0.0.1:{server.Port}'}}";

        // A machine that slows down in mid-run is rightly flagged; one that always slows down then is not this machine.
        JsonObject result;
        var attempt = 0;
        do
        {
            // What it can take is what it takes now, from one user; a quarter of that is well below.
            var capacity = 1000 / MeasuredRun.Number((await MeasureAsync(Load("concurrency: 1")))["latency_stats"]?["service"]?["mean"]);
            var rate = Math.Min(5, capacity / 4);
            result = await MeasureAsync(Load(string.Create(CultureInfo.InvariantCulture, $"traffic_simulation: {{enabled: true, target_qps: {rate:0.###}}}")));
            Assert.Equal(rate, MeasuredRun.Number(result["load"]?["requested_rate"]), 0.1 * rate);
        }
        while (result["load"]?["saturated"]?.GetValue<bool>() is not false && ++attempt < 3);

        Assert.Equal(false, result["load"]?["saturated"]?.GetValue<bool>());
        Assert.Equal(1, MeasuredRun.Number(result["load"]?["achieved_rate"]) / MeasuredRun.Number(result["load"]?["requested_rate"]), 0.05);
    }

    [Fact]
    public async Task Killed_in_mid_run_its_failures_are_data_and_what_came_before_is_kept()
    {
        using var server = await StartServerAsync();
        await WriteConfigAsync($"num_input_prompts: 40\nconcurrency: 2\nserver: {{url: 'http://127.0.0.1:{server.Port}'}}");

        var lem = _lem.Start("experiment", "e.yaml", "--events", "jsonl");
        var ended = lem.StandardError.ReadToEndAsync(Cancel);
        var finished = 0;
        while (await lem.StandardOutput.ReadLineAsync(Cancel) is { } line)
            if (line.Contains("\"request_finished\"", StringComparison.Ordinal) && ++finished == 5)
                server.Process.Kill(entireProcessTree: true);
        await lem.WaitForExitAsync(Cancel);

        Assert.True(lem.ExitCode == 1, await ended);
        var run = MeasuredRun.Of(_lem.Results);
        var failed = run.Requests[0].Where(r => r["ok"]?.GetValue<bool>() is false).ToList();
        Assert.InRange(failed.Count, 1, 36);
        Assert.All(failed, r => Assert.Contains(r["error"]?["kind"]?.ToString(), (string[])["cut_stream", "connect_failed"]));
        Assert.Contains("failed_requests", MeasuredRun.Findings(run.Results[0]));
    }

    /// <summary>Runs one experiment of one window, alone in its results directory.</summary>
    async Task<JsonObject> MeasureAsync(string more)
    {
        await WriteConfigAsync(more);
        var results = Path.Combine(_lem.Folder, $"results-{Guid.NewGuid():n}");
        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--quiet", "--results-dir", results);
        Assert.True(code == 0, error);
        return Assert.Single(MeasuredRun.Of(results).Results);
    }

    async Task WriteConfigAsync(string more)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["config_name"] = "server",
            ["model_name"] = "m",
            ["backend"] = "openai",
            ["dataset"] = "'builtin:starter'",
            ["num_input_prompts"] = $"{Requests}",
            ["max_output_tokens"] = $"{Tokens}",
            ["decoder"] = "{ignore_eos: true}",
            ["baseline"] = "{enabled: false}",
            ["warmup"] = "{max_prompts: 8}",
        };
        foreach (var line in more.Split('\n'))
            lines[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        await File.WriteAllLinesAsync(Path.Combine(_lem.Folder, "e.yaml"), lines.Select(line => $"{line.Key}: {line.Value}"), Cancel);
    }

    async Task<string> CommandAsync() => string.Join(", ", (await ServerAsync()).Select(word => $"\"{word}\""));

    async Task<string[]> ServerAsync(string shape = "synthetic:15m")
    {
        var model = Path.Combine(_lem.Folder, "m.gguf");
        var (code, _, error) = await _lem.RunAsync(Cancel, "model", "create", shape, "-o", model);
        Assert.True(code == 0, error);
        return _debian.Command("llama-server", "-m", _debian.Bring(model), "--metrics", "-np", "8", "-c", "8192", "-t", "1");
    }

    async Task<RunningServer> StartServerAsync(string shape = "synthetic:15m") => await RunningServer.StartAsync(await ServerAsync(shape), Cancel);
}

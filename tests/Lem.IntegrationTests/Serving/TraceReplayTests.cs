using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Tests.Shared.Serving;
using Lem.Tests.Shared.Traces;
using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>Published traces through the whole of lem: what a server receives is what the trace says, faster. The traces are read here by other code than lem's.</summary>
public sealed class TraceReplayTests(ITestOutputHelper output) : IDisposable
{
    const int Block = 512;

    readonly LemProcess _lem = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _lem.Dispose();

    [Fact]
    public async Task Azure_conversations_come_as_they_came()
    {
        const int Requests = 400;
        var path = PublishedTraces.Require("azure-llm-2023-conversation.csv");
        var rows = File.ReadLines(path).Skip(1).Take(Requests).Select(line => line.Split(',')).ToList();
        var starts = rows.ConvertAll(row => DateTime.Parse(row[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));

        var served = await ReplayAsync(path, "azure", speedup: 16, [.. starts.Select(start => (start - starts[0]).TotalSeconds)]);

        Same(rows.Select(row => int.Parse(row[1], CultureInfo.InvariantCulture)), served.Select(request => request.PromptTokens));
        Same(rows.Select(row => int.Parse(row[2], CultureInfo.InvariantCulture)), served.Select(request => (int)request.SentTokens));
    }

    [Fact]
    public async Task Mooncake_conversations_come_as_they_came_and_share_their_beginnings()
    {
        const int Requests = 120;
        var path = PublishedTraces.Require("mooncake-conversation-first3000.jsonl");
        var rows = File.ReadLines(path).Take(Requests).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        int Length(JsonObject row, string key) => row[key]!.GetValue<int>();

        var served = await ReplayAsync(path, "mooncake", speedup: 6, [.. rows.Select(row => Length(row, "timestamp") / 1e3)]);

        Same(rows.Select(row => Length(row, "output_length")), served.Select(request => (int)request.SentTokens));
        var expected = Shared(rows.Select(row => (Length(row, "input_length"), row["hash_ids"]!.AsArray().Select(id => $"{id}"))));
        var prompts = served.Select(request => JsonNode.Parse(request.Body!)!["prompt"]!.AsArray().Select(token => $"{token}").ToList()); // Kept, by the mock's options.
        var received = Shared(InOrder(rows, prompts).Select(prompt => (prompt.Count, prompt.Chunk(Block).Select(tokens => string.Join(' ', tokens)))));
        Assert.Equal(expected, received);
        Assert.True(expected.Sum() > 0);
        output.WriteLine($"{received.Sum()} of {served.Sum(request => (long)request.PromptTokens)} prompt tokens are shared: {(double)received.Sum() / served.Sum(request => (long)request.PromptTokens):P2}.");
    }

    async Task<IReadOnlyList<MockRequest>> ReplayAsync(string path, string format, double speedup, double[] startsSec)
    {
        await using var server = MockServer.Start(new(Flavour.Vllm, TtftMs: 5, KeepBodyBytes: 4 << 20));
        await File.WriteAllTextAsync(
            Path.Combine(_lem.Folder, "e.yaml"),
            string.Create(CultureInfo.InvariantCulture, $$"""
            config_name: replay
            model_name: mock
            backend: vllm
            server: { url: "{{server.Address}}" }
            prompts: { type: trace, path: "{{path}}", format: {{format}} }
            traffic_simulation: { enabled: true, mode: trace, trace: { path: "{{path}}", format: {{format}}, speedup: {{speedup}} } }
            num_input_prompts: {{startsSec.Length}}
            max_input_tokens: null
            max_output_tokens: 4096
            baseline: { enabled: false }
            warmup: { enabled: false }
            """),
            Cancel);
        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--quiet");
        Assert.True(code == 0, error);

        var run = MeasuredRun.Of(_lem.Results);
        IReadOnlyList<MockRequest> served = [.. server.Log.Requests.Skip(1)]; // The trial comes first.
        Assert.Equal(startsSec.Length, served.Count);
        Assert.All(served, request => Assert.Equal("complete", request.Outcome));

        // The schedule is the trace's to the nanosecond, whatever the machine does.
        // Lines stand in the order in which requests ended.
        var intended = run.Requests[0].OrderBy(request => MeasuredRun.Number(request["i"])).Select(request => MeasuredRun.Number(request["intended_s"])).ToList();
        Assert.All(startsSec.Zip(intended), pair => Assert.Equal((pair.First - startsSec[0]) / speedup, pair.Second - intended[0], 2e-6));
        // A busy machine sends some later, never earlier and never all of them.
        var late = run.Requests[0].Select(request => MeasuredRun.Number(request["sent_s"]) - MeasuredRun.Number(request["intended_s"])).Order().ToList();
        Assert.InRange(late[0], 0, 0.001);
        var (wanted, came) = (Gaps(startsSec), Gaps([.. served.Select(request => request.Received / 1e9)]));
        Assert.Equal(wanted.Mean / speedup, came.Mean, 0.03 * wanted.Mean / speedup);
        output.WriteLine(
            $"{served.Count} requests: gaps {wanted.Mean * 1e3:0.00} ms, CV {wanted.Cv:0.0000}, in the trace; at {speedup:0} times its speed {came.Mean * 1e3 * speedup:0.00} ms / {speedup:0}, CV {came.Cv:0.0000}, "
            + $"as received; sent late by {late[late.Count / 2] * 1e3:0.000} ms in the middle and {late[^1] * 1e3:0.0} ms at most; achieved {MeasuredRun.Number(run.Results[0]["load"]?["achieved_rate"]):0.00} of {MeasuredRun.Number(run.Results[0]["load"]?["requested_rate"]):0.00} requests/s.");
        return served;
    }

    static (double Mean, double Cv) Gaps(double[] times)
    {
        double[] gaps = [.. times.Zip(times.Skip(1), (one, next) => next - one)];
        var mean = gaps.Average();
        return (mean, Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean);
    }

    /// <summary>Tokens at the beginning of each prompt that an earlier one began with too, in whole blocks.</summary>
    static List<int> Shared(IEnumerable<(int Tokens, IEnumerable<string> Blocks)> prompts)
    {
        var beginnings = new HashSet<string>(StringComparer.Ordinal);
        var shared = new List<int>();
        foreach (var (tokens, blocks) in prompts)
        {
            var (beginning, known, isKnown) = ("", 0, true);
            foreach (var block in blocks)
            {
                beginning = $"{beginning.GetHashCode(StringComparison.Ordinal)} {block}";
                isKnown &= !beginnings.Add(beginning);
                known += isKnown ? 1 : 0;
            }

            shared.Add(Math.Min(known * Block, tokens));
        }

        return shared;
    }

    // Requests of one instant may overtake each other on their way; lengths tell them apart.
    static IEnumerable<List<string>> InOrder(IReadOnlyList<JsonObject> rows, IEnumerable<List<string>> received)
    {
        var waiting = received.ToList();
        foreach (var row in rows)
        {
            var prompt = waiting.First(tokens => tokens.Count == row["input_length"]!.GetValue<int>());
            waiting.Remove(prompt);
            yield return prompt;
        }
    }

    static void Same(IEnumerable<int> expected, IEnumerable<int> received) => Assert.Equal(expected.Order(), received.Order());
}

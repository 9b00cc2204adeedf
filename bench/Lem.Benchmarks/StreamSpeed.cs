using System.Net.ServerSentEvents;
using System.Text;
using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Measurement.Load;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P3: the streaming client parses at least 4,000,000 events of vLLM's shape a second on one core, in memory and without allocation; and over loopback HTTP, stamped and
/// counted for each request, 1,000,000 a second of its own CPU. The server there is a process of its own on the same machine.
/// </summary>
static class StreamSpeed
{
    const double BarInMemory = 4e6;
    const double BarLoopback = 1e6;
    const int Events = 200_000;
    const int Rounds = 7;

    public static async Task<int> RunAsync()
    {
        Console.WriteLine(Machine.Describe());
        await InMemoryAsync("without usage", Stream(i => ""));
        await InMemoryAsync("with continuous usage", Stream(i => $$""","usage":{"prompt_tokens":64,"total_tokens":{{65 + i}},"completion_tokens":{{i + 1}} }"""));
        await LoopbackAsync(streams: 8, tokens: 50_000);
        await LoopbackAsync(streams: 256, tokens: 2_000);
        return 0;
    }

    static async Task InMemoryAsync(string name, byte[] stream)
    {
        var best = 0.0;
        long allocated = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var deadline = new RequestDeadline(new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)), TimeProvider.System, CancellationToken.None);
            using var body = new StampedStream(new MemoryStream(stream), TimeProvider.System, long.MaxValue, deadline);
            var reader = new ChunkReader(keepText: false);
            var parser = SseParser.Create(body, (_, data) => reader.Read(data));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = BareSleeper.ThreadCpu();
            var outputs = 0;
            await foreach (var item in parser.EnumerateAsync())
                outputs += item.Data.HasOutput ? 1 : 0;
            best = Math.Max(best, outputs / ((BareSleeper.ThreadCpu() - start) / 1e9));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (outputs != Events)
                throw new InvalidOperationException($"{outputs} of {Events} events were seen");
        }

        Console.WriteLine(FormattableString.Invariant($"P3 in memory, {name}, {stream.Length / Events} bytes an event: {best / 1e6:f2} M events a second of CPU, {best / BarInMemory:f2} of the bar of {BarInMemory / 1e6:f0} M; {(double)allocated / Events:f3} bytes allocated an event (the stream's own buffers)"));
    }

    static async Task LoopbackAsync(int streams, int tokens)
    {
        await using var bench = await ServingBench.StartAsync("itl_ms=0");
        var requests = bench.Requests(streams, tokens);
        // Until the compiler has made its best of what runs all the time.
        for (var round = 0; round < 5; round++)
            await bench.RunAsync(bench.Requests(8, 20_000), new FixedConcurrency(8));
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var outcome = await bench.RunAsync(requests, new FixedConcurrency(streams));
        var cpu = (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        var seconds = TimeProvider.System.GetElapsedTime(outcome.Open, outcome.Close).TotalSeconds;
        var events = outcome.Requests.Sum(r => (long)r.ArrivalCount);
        var failed = outcome.Requests.Count(r => r.Failure is not null);
        Console.WriteLine(FormattableString.Invariant($"P3 loopback, {streams} streams of {tokens} tokens: {events:n0} events in {seconds:f2} s with the server on the same cores, {cpu:f2} s of the client's CPU, {failed} failed: {events / cpu / 1e6:f2} M events/s per client core, {events / cpu / BarLoopback:f2} of the bar of {BarLoopback / 1e6:f0} M"));
    }

    // As vLLM writes them.
    static byte[] Stream(Func<int, string> usage)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Events; i++)
            text.Append("data: {\"id\":\"cmpl-5d1f6a8b9c0e4f2a8d7c6b5a49382716\",\"object\":\"text_completion\",\"created\":1795336652,\"model\":\"meta-llama/Llama-3.1-8B\",\"choices\":[{\"index\":0,\"text\":\" token\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null}]").Append(usage(i)).Append("}\n\n");
        return Encoding.UTF8.GetBytes(text.Append("data: [DONE]\n\n").ToString());
    }
}

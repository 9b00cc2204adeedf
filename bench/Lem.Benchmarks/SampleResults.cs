using System.Globalization;
using System.Text.Json;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Lem.Core.Results.Storage;
using Lem.Core.Units;

namespace Lem.Benchmarks;

/// <summary>Files of measurements that nobody made: as large as real ones, the same in every run.</summary>
static class SampleResults
{
    public const string Id = "20260131T120000Z-p8-0a1b2c3d";

    /// <summary>The raw files of one window: an open loop of requests, whose token gaps scatter and whose speed wanders slowly.</summary>
    public static void WriteRaw(ResultsDirectory directory, int requests, int gaps)
    {
        var store = new RawStore(directory, TimeProvider.System);
        using var log = store.OpenRequests(Id, 0);
        var random = new Random(1);
        var inFlight = new PriorityQueue<RequestRecord, double>();
        double start = 0, speed = 1;
        long tokens = 0;
        for (var i = 0; i < requests; i++)
        {
            start += -Math.Log(1 - random.NextDouble()) / 1000;
            speed = 1 + 0.9 * (speed - 1) + 0.02 * (random.NextDouble() - 0.5);
            var gap = new int[gaps];
            for (var k = 0; k < gap.Length; k++)
                gap[k] = (int)(20_000 * speed * (0.5 + random.NextDouble()));
            var first = start + 0.1 * speed;
            var last = first + gap.Sum() / 1e6;
            inFlight.Enqueue(new RequestRecord(i, i % 1000, start, start + 20e-6, first, last, 200 + i % 100, gaps + 1, "engine", gap, null, true, null), last);
            tokens += 200 + i % 100;

            // A log is in the order in which requests finish.
            while (inFlight.TryPeek(out _, out var end) && (end <= start || i == requests - 1))
                log.Append(inFlight.Dequeue());
            if (i % 1000 == 0)
                log.Flush();
        }

        log.Flush();
        var (experiment, host, process) = Facts(Id, start + 5, requests, tokens, requests * (gaps + 1L));
        store.WriteExperiment(Id, experiment);
        store.WriteHost(Id, host);
        store.WriteProcess(Id, process with { RequestLines = log.Lines, RequestsSha256 = log.Sha256() });
        store.WriteMarker(Id, 0);
    }

    /// <summary>Many results of small experiments.</summary>
    public static void WriteResults(ResultsDirectory directory, int experiments)
    {
        var (experiment, host, process) = Facts(Id, 40, 30, 3000, 30 * 33);
        List<RequestRecord> lines = [.. Enumerable.Range(0, 30).Select(i => new RequestRecord(i, i, i, i, i + 0.1, i + 0.74, 100, 33, "engine", [.. Enumerable.Repeat(20_000, 32)], null, true, null))];
        var result = Aggregator.Aggregate(new RawRun(experiment, host, [new(process, lines)], [], []), new AggregationOptions());
        Directory.CreateDirectory(directory.Aggregated);
        for (var i = 0; i < experiments; i++)
            File.WriteAllBytes(directory.Result(IdOf(i)), JsonSerializer.SerializeToUtf8Bytes(result with { ExperimentId = IdOf(i) }, ResultsJson.Readable.ExperimentResult));
    }

    static string IdOf(int i) => ExperimentId.Of("p8", new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddSeconds(i), i.ToString("x8", CultureInfo.InvariantCulture));

    static (RawExperiment Experiment, RawHost Host, RawProcess Process) Facts(string id, double windowSec, int requests, long inputTokens, long outputTokens)
    {
        var start = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        var experiment = new RawExperiment(
            RawExperiment.Schema, "lem", "0.1.0",
            new(id, "p8", 0, 1, "synthetic:15m", null, "llamacpp", null, null, "ff", true, null),
            new([], [], [], [], []),
            start, start.AddSeconds(windowSec), new(start, start.AddSeconds(windowSec), windowSec), new(null, null), [], null, [], null,
            new(null, null, null, null, null, "fp16"), new("builtin:starter", null, 1000, 0, null), new(TtftMs: 200, TpotMs: 25), null,
            1, false, null, [], []);
        var host = new RawHost(
            RawExperiment.Schema, id, "host",
            [new(EnergyDomain.Cpu, "cpu:0", new Joules(100 * windowSec), Method: EnergyMethod.Counter, UncertaintyJ: new Joules(windowSec))],
            [], [], new(Reason: "no_gpu"), new(), null, null, null);
        var process = new RawProcess(
            RawExperiment.Schema, id, 0, 1, "llamacpp", null, [], 0, windowSec, new(requests, 0, inputTokens, outputTokens, null, null, null),
            requests, "", null, null, new(1e12, null, null, null, null, null, "architecture", "medium", null), new(1 << 30, 1 << 29, null, null, null), null, null);
        return (experiment, host, process);
    }
}

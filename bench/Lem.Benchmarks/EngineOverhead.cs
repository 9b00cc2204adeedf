using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Lem.Measurement.Load;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P1: tokens per second of the embedded engine as a run uses it (through <see cref="IEngine"/>, driven and stamped by the load) over those of a
/// bare loop around <c>llama_decode</c>: same process, model, context, threads, batch and greedy choice, in turn.
/// </summary>
static class EngineOverhead
{
    const double Bar = 0.98;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (EngineOverheadOptions.Parse(arguments) is not { } options)
            return 2;

        var path = await ModelAsync(options.Model);
        await using var engine = new LlamaCppEngine(
            new(path, options.Batch, TokensPerRequest: options.Prompt + options.Output, Threads: options.Threads, PersistentThreads: options.KeepThreads),
            TimeProvider.System);
        var description = await engine.LoadAsync(CancellationToken.None);
        var requests = Requests(options);

        var bareLoop = new BareLoop(engine.Loaded, requests);

        var ours = new List<PhaseRates>();
        var bare = new List<PhaseRates>();
        for (var round = -1; round < options.Rounds; round++)
        {
            // ABBA: what drifts (clocks, neighbours) meets both alike.
            var isOursFirst = round % 2 == 0;
            var first = isOursFirst ? await RunEngineAsync(engine, requests) : bareLoop.Run();
            var second = isOursFirst ? bareLoop.Run() : await RunEngineAsync(engine, requests);
            if (round < 0)
                continue;
            ours.Add(isOursFirst ? first : second);
            bare.Add(isOursFirst ? second : first);
        }

        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"llama.cpp {description.Version}, {options.Model}, {description.Effective["n_threads"]} threads, batch {options.Batch}, "
            + $"{options.Prompt} + {options.Output} tokens, {options.Rounds} rounds");
        var decode = Report("decode ", [.. ours.Select(rates => rates.Decode)], [.. bare.Select(rates => rates.Decode)]);
        var prefill = Report("prefill", [.. ours.Select(rates => rates.Prefill)], [.. bare.Select(rates => rates.Prefill)]);
        Console.WriteLine($"CPU time of the bare loop ÷ the engine's: {Median([.. bare.Zip(ours, (b, o) => b.Cpu / o.Cpu)]):f3}");
        Console.WriteLine($"P1: the bar of {Bar}: decode {Verdict(decode)}, prefill {Verdict(prefill)}");
        return 0;
    }

    static async Task<PhaseRates> RunEngineAsync(IEngine engine, GenerationRequest[] requests)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var load = new StaticBatchLoad(engine, TimeProvider.System, keepTokens: true);
        var outcome = await load.RunAsync([requests], static _ => { }, LoadStops.None);
        var prefillEnd = outcome.Batches[0].PrefillEnd ?? throw new InvalidOperationException("no end of prefill");
        return PhaseRates.Of(requests, outcome.Open, prefillEnd, outcome.Batches[0].End, cpu);
    }

    static string Verdict((double Median, double UpperQuartile) ratio) =>
        ratio.Median >= Bar ? "met" : ratio.UpperQuartile < Bar ? "missed" : "undecided: the rounds scatter by more than the margin, try a quiet machine";

    static (double Median, double UpperQuartile) Report(string phase, double[] ours, double[] bare)
    {
        var ratios = ours.Zip(bare, (a, b) => a / b).Order().ToArray();
        Console.WriteLine($"{phase}: engine {Median(ours):f0} tok/s, bare loop {Median(bare):f0} tok/s, "
            + $"ratio median {Median(ratios):f3} (quartiles {ratios[ratios.Length / 4]:f3}–{ratios[ratios.Length * 3 / 4]:f3})");
        return (Median(ratios), ratios[ratios.Length * 3 / 4]);
    }

    static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static GenerationRequest[] Requests(EngineOverheadOptions options) =>
    [
        .. Enumerable.Range(0, options.Batch).Select(row => new GenerationRequest(
            row,
            [1, .. Enumerable.Range(1, options.Prompt - 1).Select(i => 3 + (row * 31 + i * 7) % 256)],
            options.Output,
            MinTokens: 0,
            IgnoreEos: true,
            new SamplingSettings(Greedy: true),
            Seed: (uint)row)),
    ];

    static async Task<string> ModelAsync(string model)
    {
        if (!SyntheticShape.IsSynthetic(model))
            return model;
        var (shape, errors) = SyntheticShape.Parse(model);
        if (shape is null)
            throw new ArgumentException(string.Join("; ", errors.Select(error => error.Message)), nameof(model));
        var folder = Path.Combine(Path.GetTempPath(), "lem-benchmarks");
        return await new SyntheticModelCache(folder, TimeProvider.System).EnsureAsync(shape, progress: null, CancellationToken.None);
    }
}

using System.Diagnostics;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Experiments;

namespace Lem.Cli.Batches;

/// <summary>Measures one configuration after another, each by a lem of its own: what breaks one cannot touch the next.</summary>
sealed class BatchSession(CliHost host, Messages messages)
{
    readonly record struct Entry(string File, string Name, ExperimentConfig Config);

    public async Task<ExitCode> RunAsync(BatchRequest request)
    {
        // All mistakes of all files first: the tenth must not be found after nine hours.
        var entries = Load(BatchFiles.Of(request.Patterns, host.WorkingDirectory), request);
        foreach (var entry in entries)
            messages.Note($"{entry.File}: {entry.Name}, {entry.Config.ModelName} on {entry.Config.ResolvedBackend.ToString().ToLowerInvariant()}, {entry.Config.NumCycles} cycle(s)");
        if (request.DryRun)
            return ExitCode.Success;

        using var interrupts = new Interrupts(() => messages.Note("\nstopping after what is being measured; Ctrl-C again kills at once"));
        var failed = new List<string>();
        var waiting = new Queue<Entry>(entries);
        var running = new Dictionary<Task<int>, Entry>();
        while ((waiting.Count > 0 && !interrupts.Stop.IsCancellationRequested) || running.Count > 0)
        {
            while (waiting.TryPeek(out var next) && !interrupts.Stop.IsCancellationRequested && running.Count < request.Parallel && running.Values.All(other => AreApart(next.Config, other.Config)))
                running.Add(MeasureAsync(waiting.Dequeue(), request, alone: request.Parallel == 1), next);
            var done = await Task.WhenAny(running.Keys);
            running.Remove(done, out var entry);
            if (await done is not 0 and var code)
                failed.Add($"{entry.File} (exit {code})");
        }

        if (interrupts.Stop.IsCancellationRequested)
            return ExitCode.Interrupted;
        messages.Note(failed.Count == 0 ? $"all {entries.Count} were measured" : $"{failed.Count} of {entries.Count} failed: {string.Join(", ", failed)}");
        return failed.Count == 0 ? ExitCode.Success : ExitCode.RunFailed;
    }

    List<Entry> Load(IReadOnlyList<string> files, BatchRequest request)
    {
        var loader = new ConfigLoader(host.Environment);
        var entries = new List<Entry>();
        var errors = new List<ConfigError>();
        foreach (var file in files)
        {
            var shown = Path.GetRelativePath(host.WorkingDirectory, file);
            try
            {
                var config = loader.Load(new(file, null, request.Overrides, Force: false)).Config;
                Preflight.Check(config);
                entries.Add(new(shown, config.ConfigName, config));
            }
            catch (LemException e)
            {
                throw new LemException($"{shown}: {e.Message}", e.Hint, e);
            }
            catch (ConfigException e)
            {
                errors.AddRange(e.Errors.Select(error => error.Location is null ? error with { Path = $"{shown}: {error.Path}" } : error));
            }
        }

        return errors.Count == 0 ? entries : throw new ConfigException(errors);
    }

    // Energy of the processor is everybody's: only experiments on GPUs of their own can run side by side.
    static bool AreApart(ExperimentConfig one, ExperimentConfig other) =>
        one.Gpus is { Count: > 0 } mine && other.Gpus is { Count: > 0 } theirs && !mine.Intersect(theirs).Any();

    async Task<int> MeasureAsync(Entry entry, BatchRequest request, bool alone)
    {
        messages.Note($"== {entry.File}");
        var start = new ProcessStartInfo(Path.Combine(host.Application, "lem"), ["experiment", Path.GetFullPath(entry.File, host.WorkingDirectory), "--yes", .. request.Passed])
        {
            WorkingDirectory = host.WorkingDirectory,
            RedirectStandardOutput = !alone,
        };
        using var process = Process.Start(start)!; // null only with UseShellExecute
        var answer = alone ? "" : await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        host.Out.Write(answer);
        return process.ExitCode;
    }
}

using System.Text.Json;
using Lem.Core;
using Lem.Measurement.Launching.Containers;

namespace Lem.Measurement.Launching;

/// <summary>
/// What is running now, as <c>run/&lt;id&gt;.json</c> under the results directory: a lem that finds the entry of a dead lem
/// ends what that one left behind before it starts anything of its own.
/// </summary>
public sealed class RunLedger(string resultsDirectory)
{
    readonly string _folder = Path.Combine(resultsDirectory, "run");

    /// <summary>Enters this process under an experiment's id until the entry is disposed of.</summary>
    public RunEntry Enter(string experimentId)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            var self = ProcessIdentity.Of(Environment.ProcessId)
                ?? throw new LemException("/proc does not know this process", "Mount /proc; lem uses it to tell live runs from dead ones.");
            return new RunEntry(Path.Combine(_folder, experimentId + ".json"), new(experimentId, self, []));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{_folder}: cannot be written: {e.Message}", "Check the permissions and the space of the results directory, or name another with --results-dir.", e);
        }
    }

    /// <summary>Whether a live lem is at work on this experiment.</summary>
    public bool IsRunning(string experimentId) => Read(Path.Combine(_folder, experimentId + ".json")) is { } record && record.Lem.IsAlive();

    /// <summary>Ends the children and containers of every dead lem and removes its entry; says what was done, a line each.</summary>
    /// <param name="docker">Used where there are containers to end.</param>
    public async Task<IReadOnlyList<string>> CleanUpAsync(DockerProgram docker)
    {
        if (!Directory.Exists(_folder))
            return [];
        var done = new List<string>();
        // Plans of unfinished experiments (<id>.plan.json) lie here too; they are no processes.
        foreach (var path in Directory.EnumerateFiles(_folder, "*.json").Where(p => !p.EndsWith(".plan.json", StringComparison.Ordinal)).Order())
        {
            if (Read(path) is not { } record)
            {
                // A torn entry names no process that could be ended; it is removed, and said.
                done.Add($"removed the unreadable entry {Path.GetFileName(path)}");
                File.Delete(path);
                continue;
            }

            if (record.Lem.IsAlive())
                continue;
            foreach (var child in record.Children)
            {
                var group = new ProcessGroup(child);
                if (!group.Signal(0))
                    continue;
                group.Signal(ProcessSignals.Kill);
                done.Add($"ended process {child.Pid} with all it had started, left by {record.ExperimentId}");
            }

            if (await EndContainersAsync(record, new(docker), done))
                File.Delete(path);
        }

        return done;
    }

    // An entry whose containers could not be ended stays: they are tried again next time.
    static async Task<bool> EndContainersAsync(RunRecord record, LeftContainers containers, List<string> done)
    {
        var areGone = true;
        foreach (var container in record.Containers ?? [])
        {
            try
            {
                done.Add($"{await containers.EndAsync(container)}, left by {record.ExperimentId}");
            }
            catch (LemException e)
            {
                areGone = false;
                done.Add($"{e.Message} (left by {record.ExperimentId}). {e.Hint}");
            }
        }

        return areGone;
    }

    static RunRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RunJson.Default.RunRecord);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Storage;

/// <summary>Reads one window's raw files. A torn or missing file is named and left out; whether that may be is for the aggregator to say.</summary>
public sealed class RawRunReader(ResultsDirectory directory)
{
    const string ProcessPrefix = "process_";

    /// <exception cref="LemException">There is no such window, or its experiment.json cannot be read: without it nothing is known.</exception>
    public RawRun Read(string windowId)
    {
        var experiment = ReadExperiment(windowId);
        List<SkippedFile> skipped = [];
        var host = TryRead(directory.Host(windowId), RawJson.Default.RawHost, skipped);

        List<RawProcessRun> processes = [];
        List<int> unmarked = [];
        foreach (var index in ProcessIndices(windowId, experiment.Processes))
        {
            if (!HasValidMarker(windowId, index, skipped))
                unmarked.Add(index);
            var path = directory.Process(windowId, index);
            if (TryRead(path, RawJson.Default.RawProcess, skipped) is not { } process)
                continue;
            if (process.ProcessIndex == index)
                processes.Add(new RawProcessRun(process, Requests(windowId, process, skipped)));
            else
                skipped.Add(new SkippedFile(Path.GetFileName(path), $"says it is process {process.ProcessIndex}"));
        }

        return new RawRun(experiment, host, processes, skipped, unmarked);
    }

    /// <summary>What was measured, without its processes.</summary>
    /// <exception cref="LemException">There is no such window, or its experiment.json cannot be read.</exception>
    public RawExperiment ReadExperiment(string windowId)
    {
        List<SkippedFile> skipped = [];
        return TryRead(directory.Experiment(windowId), RawJson.Default.RawExperiment, skipped)
            ?? throw new LemException($"{directory.Experiment(windowId)}: {skipped[0].Reason}", "Without experiment.json nothing is known of this window; measure it again.");
    }

    /// <summary>The expected indices, and whatever else lies there: a surplus file must be noticed too.</summary>
    SortedSet<int> ProcessIndices(string windowId, int expected)
    {
        SortedSet<int> indices = [.. Enumerable.Range(0, Math.Max(expected, 0))];
        foreach (var path in Directory.EnumerateFiles(directory.Window(windowId), ProcessPrefix + "*.json"))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(path)[ProcessPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                indices.Add(index);
        }

        return indices;
    }

    bool HasValidMarker(string windowId, int index, List<SkippedFile> skipped)
    {
        var path = directory.Marker(windowId, index);
        if (!File.Exists(path) || TryRead(path, RawJson.Default.CompletionMarker, skipped) is not { } marker)
            return false;
        var process = directory.Process(windowId, index);
        if (!File.Exists(process))
            return true; // Told as a missing process file.
        if (marker.Sha256 == RawStore.Sha256(process))
            return true;
        skipped.Add(new SkippedFile(Path.GetFileName(path), "its hash is not that of the process file"));
        return false;
    }

    IEnumerable<RequestRecord> Requests(string windowId, RawProcess process, List<SkippedFile> skipped)
    {
        var path = directory.Requests(windowId, process.ProcessIndex);
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            skipped.Add(new SkippedFile(name, "missing"));
        else if (RawStore.Sha256(path) != process.RequestsSha256)
            skipped.Add(new SkippedFile(name, "torn: its hash is not that of the process file"));
        else
            return Lines(path, name);
        return [];
    }

    static IEnumerable<RequestRecord> Lines(string path, string name)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        foreach (var request in RequestLogReader.Read(stream, name))
            yield return request;
    }

    static T? TryRead<T>(string path, JsonTypeInfo<T> type, List<SkippedFile> skipped)
        where T : class
    {
        string reason;
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), type) is { } value)
                return value;
            reason = "holds null";
        }
        catch (JsonException e)
        {
            reason = $"torn: {e.Message}";
        }
        catch (FileNotFoundException)
        {
            reason = "missing";
        }
        catch (DirectoryNotFoundException)
        {
            reason = "missing";
        }
        catch (IOException e)
        {
            reason = $"cannot be read: {e.Message}";
        }
        catch (UnauthorizedAccessException)
        {
            reason = "no permission to read it";
        }

        skipped.Add(new SkippedFile(Path.GetFileName(path), reason));
        return null;
    }
}

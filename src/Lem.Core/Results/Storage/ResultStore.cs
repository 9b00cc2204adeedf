using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lem.Core.Results.Storage;

/// <summary>Writes, lists and reads aggregated results.</summary>
public sealed class ResultStore(ResultsDirectory directory)
{
    /// <summary>Writes aggregated/&lt;id&gt;.json, replacing what was there.</summary>
    public void Write(ExperimentResult result) =>
        AtomicFile.Write(directory.Result(result.ExperimentId), JsonSerializer.SerializeToUtf8Bytes(result, ResultsJson.Readable.ExperimentResult));

    /// <summary>Writes &lt;id&gt;_multi_cycle.json, replacing what was there.</summary>
    public void Write(MultiCycleResult result) =>
        AtomicFile.Write(directory.MultiCycle(result.ExperimentId), JsonSerializer.SerializeToUtf8Bytes(result, ResultsJson.Readable.MultiCycleResult));

    /// <summary>Ids of all aggregated results, in order (and so by time); files that are none are passed over.</summary>
    public IReadOnlyList<string> Ids() => Names(directory.Aggregated, ".json");

    /// <summary>Ids of all experiments with statistics over cycles.</summary>
    public IReadOnlyList<string> MultiCycleIds() => Names(directory.Root, "_multi_cycle.json");

    public bool Exists(string windowId) => File.Exists(directory.Result(windowId));

    /// <exception cref="LemException">There is none, or it is not a result of this form.</exception>
    public ExperimentResult Read(string windowId) => Read(directory.Result(windowId), ResultsJson.Default.ExperimentResult);

    /// <exception cref="LemException">There is none, or it is not a result of this form.</exception>
    public MultiCycleResult ReadMultiCycle(string experimentId) => Read(directory.MultiCycle(experimentId), ResultsJson.Default.MultiCycleResult);

    static T Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return ResultReader.Parse(File.ReadAllBytes(path), type, Path.GetFileName(path));
        }
        catch (IOException e)
        {
            throw DiskFailure.Explain(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LemException($"{path}: no permission to read", "Ask its owner, or copy the results to a folder of your own.", e);
        }
    }

    static IReadOnlyList<string> Names(string folder, string suffix) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + suffix)
            .Select(path => Path.GetFileName(path)[..^suffix.Length])
            .Where(ExperimentId.IsOurs)
            .Order(StringComparer.Ordinal)]
        : [];
}

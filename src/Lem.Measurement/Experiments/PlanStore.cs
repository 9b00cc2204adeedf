using System.Text.Json;
using Lem.Core;
using Lem.Core.Results.Storage;

namespace Lem.Measurement.Experiments;

/// <summary>Plans of experiments that are not finished: <c>run/&lt;id&gt;.plan.json</c> under the results directory.</summary>
public sealed class PlanStore(string resultsDirectory)
{
    const string Suffix = ".plan.json";
    const long MaxBytes = 16 << 20;

    readonly string _folder = Path.Combine(resultsDirectory, "run");

    /// <summary>Keeps a plan from now on; on disk before anything is measured.</summary>
    public void Save(ExperimentPlan plan) =>
        AtomicFile.Write(PathOf(plan.ExperimentId), JsonSerializer.SerializeToUtf8Bytes(plan, PlanJson.Default.ExperimentPlan));

    /// <summary>Unfinished experiments, the oldest first. A file that is no plan is left alone and left out.</summary>
    public IReadOnlyList<ExperimentPlan> List() =>
        Directory.Exists(_folder)
            ? [.. Directory.EnumerateFiles(_folder, "*" + Suffix).Select(TryRead).OfType<ExperimentPlan>().OrderBy(p => p.Created)]
            : [];

    /// <exception cref="LemException">There is no such plan, or it cannot be read.</exception>
    public ExperimentPlan Read(string experimentId) =>
        TryRead(PathOf(experimentId))
        ?? throw new LemException($"there is no unfinished experiment {experimentId} in {_folder}", "lem resume lists what is unfinished; --results-dir names another results directory.");

    /// <summary>Forgets a plan: all its windows are measured, or nobody wants them.</summary>
    public void Remove(string experimentId) => DiskFailure.Guard(PathOf(experimentId), () => File.Delete(PathOf(experimentId)));

    string PathOf(string experimentId) => Path.Combine(_folder, Path.GetFileName(experimentId) + Suffix);

    static ExperimentPlan? TryRead(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxBytes }
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), PlanJson.Default.ExperimentPlan)
                : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Text;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;

namespace Lem.Core.Results.Migration;

/// <summary>
/// Makes results of lem from those of older tools, beside them or elsewhere. The originals are only read. One experiment's failure does not stop
/// the others, and migrating again gives the same files.
/// </summary>
/// <param name="top">A results directory of an older tool, a folder of several, or one file.</param>
/// <param name="target">Where lem's own results go.</param>
/// <param name="lemVersion">Version of this lem.</param>
public sealed class Migrator(string top, ResultsDirectory target, string lemVersion)
{
    readonly OldTree _tree = new(top);
    readonly ResultStore _store = new(target);

    /// <summary>The results directory beside which new results belong: the folder itself, or the one that a file lies in.</summary>
    public static string HomeOf(string top) => File.Exists(top) ? OldHeader.RootOf(top) : top;

    /// <param name="dryRun">Only tell what would be made.</param>
    /// <exception cref="LemException">There is no such file or folder.</exception>
    public MigrationReport Run(bool dryRun)
    {
        List<MigrationFailure> failures = [];
        List<MigratedExperiment> migrated = [];
        var headers = _tree.Headers(failures);
        foreach (var files in OldExperiments.Sort(headers))
        {
            try
            {
                migrated.Add(OldFile.Guard(files[0].Name, () => Migrate(files, headers, dryRun)));
            }
            catch (LemException e)
            {
                failures.Add(new MigrationFailure(files[0].Name, e.Message, e.Hint));
            }
        }

        return new MigrationReport(migrated, failures);
    }

    MigratedExperiment Migrate(IReadOnlyList<OldHeader> files, IReadOnlyList<OldHeader> all, bool dryRun)
    {
        var first = _tree.Read(files[0].Path);
        var series = Series(files[0], all);
        var runs = first.Kind switch
        {
            OldKind.Cycles => Cycles(first),
            OldKind.Llem => Study(files),
            _ => [Experiment(first, files, series)],
        };
        var id = MigratedResult.IdOf(runs[0], runs.SelectMany(run => run.Sources).Distinct());
        List<ExperimentResult> results = [.. runs.Select(run => MigratedResult.Of(run, id, lemVersion))];
        if (!dryRun)
        {
            results.ForEach(Write);
            if (results.Count > 1)
                _store.Write(Statistics(results, id));
            if (series.Count > 0 && results is [{ TimeseriesPath: not null }])
                AtomicFile.Write(target.TimeSeries(id), Encoding.UTF8.GetBytes(TimeSeriesForm.Header + string.Concat(series.Select(s => TimeSeriesForm.Lines(s, DeviceOf(s, results[0]))))));
        }

        List<Finding> findings = [.. results.SelectMany(result => result.Findings).OrderByDescending(f => f.Severity).DistinctBy(f => f.Code)];
        return new MigratedExperiment(
            id, first.Form, [.. runs.SelectMany(run => run.Sources).Select(source => source.File).Distinct()], results.Count,
            [.. findings.Select(f => f.Code)], findings.Count > 0 ? findings[0].Severity : null);
    }

    OldRun Experiment(OldFile first, IReadOnlyList<OldHeader> files, List<OldFile> series)
    {
        List<OldFile> workers = [.. files.Where(file => file.Kind == OldKind.Process).Select(file => _tree.Read(file.Path))];
        var aggregate = first.Kind == OldKind.Aggregate ? first.Content : null;
        IReadOnlyList<OldDocument> documents = workers.Count > 0 ? [.. workers.Select(worker => worker.Content)] : aggregate?.Parts("process_results") ?? [];
        List<OldProcess> processes = [.. documents.Select(OldProcess.Of).OrderBy(process => process.Index)];
        IReadOnlyList<MigrationSource> sources = [.. workers.Prepend(first).Concat(series).DistinctBy(file => file.Name).Select(file => file.Source)];
        return new LemReader(first.Form, first.Schema ?? "", aggregate, processes, sources).Read(files[0].Id, timeseries: series.Count > 0 ? "timeseries.csv" : null);
    }

    internal static List<OldRun> Cycles(OldFile file)
    {
        var cycles = file.Content.Parts("cycle_results");
        if (cycles.Count == 0)
            throw new LemException($"{file.Name}: has statistics, but not the cycles they are of", "Migrate the cycles' own results, if they are there.");
        List<OldRun> runs = [.. cycles.Select((cycle, i) => new LemReader(
                file.Form, file.Schema ?? "", cycle, [.. cycle.Parts("process_results").Select(OldProcess.Of).OrderBy(process => process.Index)], [file.Source])
            .Read(cycle.Text("experiment_id") ?? throw OldDocument.Missing("experiment_id"), i, cycles.Count))];

        // The file says that they are cycles of one experiment, whatever else differs in their configurations.
        return [.. runs.Select(run => run with { ConfigName = runs[0].ConfigName, ConfigHash = runs[0].ConfigHash })];
    }

    List<OldRun> Study(IReadOnlyList<OldHeader> files)
    {
        var count = files.Max(OldExperiments.CycleOf);
        return [.. files.Select(file => new LlemReader(_tree.Read(file.Path), _tree.Beside(file.Path, "config.json"), _tree.Beside(file.Path, "environment.json"))
            .Read(OldExperiments.CellOf(file) ?? file.Id, OldExperiments.CycleOf(file) - 1, count))];
    }

    List<OldFile> Series(OldHeader of, IReadOnlyList<OldHeader> all) => of.Kind is OldKind.Aggregate or OldKind.Process
        ? [.. all.Where(h => h.Kind == OldKind.TimeSeries && h.Root == of.Root && h.Id == of.Id).Select(h => _tree.Read(h.Path))]
        : [];

    static string DeviceOf(OldFile series, ExperimentResult result) =>
        result.ProcessResults.FirstOrDefault(p => p.ProcessIndex == series.Content.Count("process_index"))?.Devices is [var device, ..] ? device : "gpu";

    /// <summary>Over the cycles anew: what the older tool had computed from them need not be trusted.</summary>
    internal static MultiCycleResult Statistics(List<ExperimentResult> results, string id)
    {
        var statistics = CycleAggregator.Aggregate(results, id);
        return results.Count is < 11 or > 29 ? statistics : statistics with { Findings = [.. statistics.Findings, NarrowInterval] };
    }

    static Finding NarrowInterval { get; } = new(
        "migrated_interval_was_too_narrow",
        FindingSeverity.Info,
        "The older tool's interval used 1.96 in place of Student's t, which is larger for 11 to 29 cycles; here it is computed anew.");

    void Write(ExperimentResult result)
    {
        if (_store.Exists(result.ExperimentId) && !IsOurs(result.ExperimentId))
            throw new LemException($"{target.Result(result.ExperimentId)} is there already, and is no result of lem", "Choose another folder with --results-dir.");
        _store.Write(result);
    }

    bool IsOurs(string id)
    {
        try
        {
            return _store.Read(id).Producer == ExperimentResult.Lem;
        }
        catch (LemException)
        {
            return false;
        }
    }
}

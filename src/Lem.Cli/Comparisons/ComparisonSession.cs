using System.Text.Json;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Storage;
using Lem.Reporting.Comparisons;
using Lem.Reporting.Listings;

namespace Lem.Cli.Comparisons;

/// <summary><c>lem results compare</c>: finds what was named, all mistakes at once, compares it, and tells.</summary>
sealed class ComparisonSession(CliHost host, Messages messages, ResultsDirectory directory, bool quiet)
{
    readonly ExperimentCatalog _catalog = new(directory, new RawStore(directory, host.Time));
    readonly ResultStore _store = new(directory);
    readonly List<ConfigError> _mistakes = [];

    /// <exception cref="ConfigException">Something that was named cannot be compared.</exception>
    public ExitCode Run(ComparisonRequest request)
    {
        var windows = _catalog.WindowIds();
        List<string> ids = [.. request.Names.Select(name => Select("ID", name, windows)).OfType<string>().Distinct()];
        var reference = request.Reference is { } named ? Select("--reference", named, windows) : null;
        if (reference is not null && !ids.Contains(reference))
            ids.Insert(0, reference);
        if (request is { Reference: not null, AllPairs: true })
            _mistakes.Add(new("--reference", "all pairs are compared with --all-pairs: give one of the two"));
        List<ComparedMetric> metrics = [.. request.Metrics.Select(Metric).OfType<ComparedMetric>()];
        var results = ids.Select(Results).ToList();
        foreach (var same in results.SelectMany(side => side).GroupBy(window => window.ExperimentId).Where(same => same.Count() > 1))
            _mistakes.Add(new("ID", $"{same.Key} is named twice, alone and with its experiment: it cannot be compared with itself"));
        Stop();

        var sides = Contender.From(results);
        if (sides.Count < 2)
            _mistakes.Add(new("ID", $"{sides[0].Name} has nothing to be compared with; name at least two configurations"));
        foreach (var metric in metrics.Where(metric => !results.Exists(side => metric.IsIn(side[0]))))
            _mistakes.Add(new("--metric", $"{metric.Path} is no figure of these results; docs/metrics.md lists them"));
        Stop();

        var against = reference is null ? null : sides.First(side => side.Windows.Any(window => Names(reference, window.ExperimentId)));
        Tell(ConfigurationComparer.Compare(sides, metrics.Count > 0 ? metrics : ComparedMetric.Headlines, against, request.AllPairs), request.Format);
        return ExitCode.Success;
    }

    string? Select(string path, string name, IReadOnlyList<string> windows)
    {
        try
        {
            return ExperimentSelection.Select(name, name == ExperimentSelection.Latest && _store.Ids() is { Count: > 0 } results ? results : windows);
        }
        catch (ConfigException e)
        {
            _mistakes.AddRange(e.Errors.Select(error => error with { Path = path }));
            return null;
        }
    }

    /// <summary>The results of an experiment, or of the one window that was named.</summary>
    IReadOnlyList<ExperimentResult> Results(string id)
    {
        var experiment = ExperimentId.OfExperiment(id);
        List<string> windows = [.. _catalog.ResultsOf(experiment).Where(window => Names(id, window))];
        if (windows.Count == 0)
            _mistakes.Add(new("ID", $"{id} is measured, but has no result yet: lem aggregate {experiment} makes it"));
        return [.. windows.Select(_store.Read)];
    }

    static bool Names(string id, string window) => id == window || id == ExperimentId.OfExperiment(window);

    ComparedMetric? Metric(string path)
    {
        if (ComparedMetric.At(path) is { } metric)
            return metric;
        _mistakes.Add(new("--metric", $"{path} is no figure of a result; docs/metrics.md lists them"));
        return null;
    }

    void Stop()
    {
        if (_mistakes.Count > 0)
            throw new ConfigException(_mistakes);
    }

    void Tell(ComparisonResult result, ComparisonFormat format)
    {
        var answer = new Answer(host, messages, format == ComparisonFormat.Json);
        if (format == ComparisonFormat.Csv)
        {
            using var text = new StringWriter();
            ComparisonCsv.Write(text, result);
            answer.Write(text.ToString());
            foreach (var finding in result.Findings)
                messages.Warning($"{finding.Message} [{finding.Code}]");
            return;
        }

        answer.Write(
            () => string.Join('\n', ComparisonText.Render(result)),
            () => JsonSerializer.SerializeToNode(result, ComparisonJson.Readable.ComparisonResult) ?? throw new InvalidOperationException("a record is an object"));
        if (format == ComparisonFormat.Table && !quiet)
            messages.Note(ComparisonText.Legend);
    }
}

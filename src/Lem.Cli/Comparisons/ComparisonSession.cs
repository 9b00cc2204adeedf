using System.Text.Json;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Storage;
using Lem.Reporting.Comparisons;

namespace Lem.Cli.Comparisons;

/// <summary><c>lem results compare</c>: finds what was named, all mistakes at once, compares it, and tells.</summary>
sealed class ComparisonSession(CliHost host, Messages messages, ResultsDirectory directory, bool quiet)
{
    readonly NamedResults _named = new(directory, host.Time);

    /// <exception cref="ConfigException">Something that was named cannot be compared.</exception>
    public ExitCode Run(ComparisonRequest request)
    {
        List<string> ids = [.. request.Names.Select(name => _named.Select("ID", name)).OfType<string>().Distinct()];
        var reference = request.Reference is { } named ? _named.Select("--reference", named) : null;
        if (reference is not null && !ids.Contains(reference))
            ids.Insert(0, reference);
        if (request is { Reference: not null, AllPairs: true })
            _named.Add(new("--reference", "all pairs are compared with --all-pairs: give one of the two"));
        List<ComparedMetric> metrics = [.. request.Metrics.Select(Metric).OfType<ComparedMetric>()];
        var results = ids.Select(_named.Of).ToList();
        _named.RefuseTwice(results.SelectMany(side => side));
        _named.ThrowIfMistaken();

        var sides = Contender.From(results);
        if (sides.Count < 2)
            _named.Add(new("ID", $"{sides[0].Name} has nothing to be compared with; name at least two configurations"));
        foreach (var metric in metrics.Where(metric => !results.Exists(side => metric.IsIn(side[0]))))
            _named.Add(new("--metric", $"{metric.Path} is no figure of these results; docs/metrics.md lists them"));
        _named.ThrowIfMistaken();

        var against = reference is null ? null : sides.First(side => side.Windows.Any(window => NamedResults.Means(reference, window.ExperimentId)));
        Tell(ConfigurationComparer.Compare(sides, metrics.Count > 0 ? metrics : ComparedMetric.Headlines, against, request.AllPairs), request.Format);
        return ExitCode.Success;
    }

    ComparedMetric? Metric(string path)
    {
        if (ComparedMetric.At(path) is { } metric)
            return metric;
        _named.Add(new("--metric", $"{path} is no figure of a result; docs/metrics.md lists them"));
        return null;
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
            () => JsonSerializer.SerializeToNode(result, ComparisonJson.Default.ComparisonResult) ?? throw new InvalidOperationException("a record is an object"));
        if (format == ComparisonFormat.Table && !quiet)
            messages.Note(ComparisonText.Legend);
    }
}

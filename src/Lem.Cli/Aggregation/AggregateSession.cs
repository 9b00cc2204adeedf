using System.Text.Json.Nodes;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results.Storage;
using Lem.Measurement.Experiments;
using Lem.Reporting.Listings;

namespace Lem.Cli.Aggregation;

/// <summary><c>lem aggregate</c>: one experiment, or every one that waits for it.</summary>
sealed class AggregateSession(CliHost host, Messages messages, ResultsDirectory directory, bool json)
{
    public ExitCode Run(AggregateRequest request)
    {
        if (request.Id is null == !request.All)
            throw new ConfigException([new("ID", request.All ? "and --all exclude each other"
                : request.Force ? "--force says how, not what: name an experiment or \"latest\"; lem aggregate --all --force makes every result anew"
                : "name an experiment (lem results list --all shows them), \"latest\", or --all")]);

        var raw = new RawStore(directory, host.Time);
        var aggregation = new LateAggregation(directory, raw, new(request.Strict, request.AllowMixedBackends), request.Force);
        var unfinished = new PlanStore(directory.Root).List().Select(plan => plan.ExperimentId).ToHashSet();
        IReadOnlyList<string> ids = request.Id is { } id
            ? [ExperimentId.OfExperiment(ExperimentSelection.Select(id, raw.Windows()))]
            : [.. raw.Windows().Select(ExperimentId.OfExperiment).Distinct()];
        List<AggregationReport> reports =
        [
            .. ids.Select(experiment => aggregation.Run(experiment, mayBeIncomplete: request.All || unfinished.Contains(experiment)))
                .Where(report => !request.All || report.Written.Count > 0 || report.OverCycles || report.Failures.Count > 0),
        ];

        new Answer(host, messages, json).Write(
            () => string.Join('\n', reports.SelectMany(report => report.Lines())),
            () => new JsonArray([.. reports.Select(report => report.Json())]));
        foreach (var failure in reports.SelectMany(report => report.Failures))
            messages.Error($"{failure.WindowId}: {failure.Message}", failure.Hint);
        if (reports.Count == 0)
            messages.Note("nothing is to be aggregated");
        return reports.Exists(report => report.Failures.Count > 0) ? ExitCode.RunFailed : ExitCode.Success;
    }
}

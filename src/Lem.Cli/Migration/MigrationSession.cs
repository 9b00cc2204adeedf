using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Cli.Experiments;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Migration;
using Lem.Core.Results.Storage;

namespace Lem.Cli.Migration;

/// <summary><c>lem results migrate</c>: tells what was made of what, and what was not.</summary>
sealed class MigrationSession(CliHost host, Messages messages, bool json)
{
    /// <param name="path">Null = the results directory.</param>
    /// <param name="target">Null = beside the originals.</param>
    public ExitCode Run(string? path, string? target, bool dryRun)
    {
        var top = path is null ? ResultsLocation.Resolve(host, target).Root : Path.GetFullPath(path, host.WorkingDirectory);
        if (!Path.Exists(top))
            throw new ConfigException([new("PATH", $"{top}: there is no such file or folder; name a results folder of the older tool")]);
        var directory = target is null ? new ResultsDirectory(Migrator.HomeOf(top)) : ResultsLocation.Resolve(host, target);
        var report = new Migrator(top, directory, LemVersion.Number).Run(dryRun);

        new Answer(host, messages, json).Write(
            () => string.Join('\n', report.Experiments.Select(experiment => Line(experiment, dryRun))),
            () => Json(report, dryRun));
        foreach (var failure in report.Failures)
            messages.Error(failure.Message, failure.Hint);
        if (report is { Experiments.Count: 0, Failures.Count: 0 })
            messages.Note($"no results of older tools are in {top}");
        else if (!json)
            messages.Note($"{report.Experiments.Count} experiments {(dryRun ? "would be" : "are")} in {directory.Root}; {report.Failures.Count} files failed; the originals are as they were");
        return report.Failures.Count > 0 ? ExitCode.RunFailed : ExitCode.Success;
    }

    static string Line(MigratedExperiment experiment, bool dryRun)
    {
        var cycles = experiment.Windows > 1 ? $" ×{experiment.Windows}" : "";
        var doubts = experiment.Findings.Count == 0 ? "" : $"\n    {Mark(experiment.Gravest)} {string.Join(", ", experiment.Findings)}";
        return $"{(dryRun ? "would make" : "migrated")}  {experiment.ExperimentId}{cycles}  from {experiment.Sources[0]}{(experiment.Sources.Count > 1 ? $" and {experiment.Sources.Count - 1} more" : "")}{doubts}";
    }

    static string Mark(FindingSeverity? severity) => severity switch
    {
        FindingSeverity.Invalid => "✗",
        FindingSeverity.Warning => "!",
        _ => "·",
    };

    static JsonObject Json(MigrationReport report, bool dryRun) => new()
    {
        ["dry_run"] = dryRun,
        ["migrated"] = new JsonArray([.. report.Experiments.Select(experiment => new JsonObject
        {
            ["experiment_id"] = experiment.ExperimentId,
            ["form"] = Word(experiment.Form),
            ["windows"] = experiment.Windows,
            ["sources"] = Texts(experiment.Sources),
            ["findings"] = Texts(experiment.Findings),
            ["gravest_finding"] = experiment.Gravest is { } gravest ? Word(gravest) : null,
        })]),
        ["failed"] = new JsonArray([.. report.Failures.Select(failure => new JsonObject
        {
            ["file"] = failure.File,
            ["message"] = failure.Message,
            ["hint"] = failure.Hint,
        })]),
    };

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

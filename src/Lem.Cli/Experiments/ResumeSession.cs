using System.Text.Json;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Core.Results.Storage;
using Lem.Measurement.Experiments;
using Lem.Measurement.Launching;
using Lem.Measurement.Launching.Containers;
using Lem.Reporting.Listings;

namespace Lem.Cli.Experiments;

/// <summary>Lists unfinished experiments and continues them by their plans.</summary>
sealed class ResumeSession(CliHost host, Messages messages, SessionOptions options)
{
    public async Task<ExitCode> ListAsync(string? resultsDirectory)
    {
        var results = ResultsLocation.Resolve(host, resultsDirectory);
        var ledger = await Leftovers.EndAsync(host, messages, results);
        List<(ExperimentPlan Plan, int Done, bool Running)> plans =
            [.. new PlanStore(results.Root).List().Select(plan => (plan, Done(plan, results), ledger.IsRunning(plan.ExperimentId)))];
        new Answer(host, messages, options.Json).Write(() => string.Join('\n', UnfinishedTable.Render(plans)), () => UnfinishedTable.Json(plans));
        if (plans.Count == 0)
            messages.Note("nothing is unfinished");
        return ExitCode.Success;
    }

    /// <summary>Forgets that an experiment is unfinished. What was measured of it stays.</summary>
    public ExitCode Discard(string? experimentId, string? resultsDirectory)
    {
        var results = ResultsLocation.Resolve(host, resultsDirectory);
        var plans = new PlanStore(results.Root);
        if (experimentId is null)
            throw new ConfigException([new("ID", "--discard wants the experiment to discard; lem resume --list shows what is unfinished")]);
        var plan = plans.Read(Select(experimentId, plans));
        RefuseIfRunning(plan.ExperimentId, results);
        plans.Remove(plan.ExperimentId);
        var done = Done(plan, results);
        messages.Note($"{plan.ExperimentId} is no longer unfinished; {(done > 0 ? $"its {done} measured windows stay, and lem aggregate --all makes their results" : "nothing of it had been measured to its end")}");
        return ExitCode.Success;
    }

    int Done(ExperimentPlan plan, ResultsDirectory results)
    {
        var store = new RawStore(results, host.Time);
        return Enumerable.Range(0, plan.Cycles).Count(cycle => store.IsComplete(ExperimentId.OfWindow(plan.ExperimentId, cycle, plan.Cycles)));
    }

    /// <summary>The unfinished experiment that is meant, by the whole of its id or less.</summary>
    static string Select(string text, PlanStore plans) =>
        plans.List().Select(plan => plan.ExperimentId).ToList() is { Count: > 0 } unfinished ? ExperimentSelection.Select(text, unfinished) : text;

    // Another build of the engine is another experiment; so is the same engine out of its container.
    static void RefuseOtherImage(ExperimentPlan plan, ContainerPlace? place)
    {
        if (place?.ImageDigest == plan.ImageDigest)
            return;
        var (then, now) = (plan.ImageDigest ?? "on this machine, in no container", place?.ImageDigest ?? "on this machine, in no container");
        throw new ConfigException([new("docker", $"the engine of {plan.ExperimentId} ran in another image when it was begun ({then}; now {now}); its windows could not be compared: bring that image back, or start anew (lem resume --discard {plan.ExperimentId})")]);
    }

    static void RefuseIfRunning(string experimentId, ResultsDirectory results)
    {
        if (new RunLedger(results.Root).IsRunning(experimentId))
            throw new LemException($"{experimentId} is running now", "Wait for it, or stop it with Ctrl-C in its own terminal.");
    }

    /// <param name="experimentId">Null = the only one that is unfinished.</param>
    public async Task<ExitCode> ContinueAsync(string? experimentId, string? resultsDirectory)
    {
        var results = ResultsLocation.Resolve(host, resultsDirectory);
        var plans = new PlanStore(results.Root);
        if (experimentId is null)
        {
            var unfinished = plans.List();
            if (unfinished.Count != 1)
            {
                var listed = await ListAsync(resultsDirectory);
                if (unfinished.Count > 1)
                    throw new ConfigException([new("ID", "more than one experiment is unfinished: name the one to continue")]);
                return listed;
            }

            experimentId = unfinished[0].ExperimentId;
        }

        var plan = plans.Read(Select(experimentId, plans));
        experimentId = plan.ExperimentId;
        RefuseIfRunning(experimentId, results);
        if (plan.LemVersion != LemVersion.Number)
            messages.Warning($"the experiment was begun by lem {plan.LemVersion}, and is continued by {LemVersion.Number}");
        var config = plan.Effective.Deserialize(ConfigJson.Default.ExperimentConfig)
            ?? throw new LemException($"the plan of {experimentId} holds no configuration", "Start the experiment again.");
        var prompts = await new PromptPreparation(host, messages, options.IsSilent).OpenAsync(config, plan.Folder, plan.PromptRevision, CancellationToken.None);
        if (prompts.Hash() != plan.PromptSetSha256)
            throw new ConfigException([new("prompts", $"{prompts.Source} has changed since {experimentId} was begun; its windows could not be compared")]);
        var model = await new ModelPreparation(host, messages, options.IsSilent).FindAsync(config, plan.Folder, plan.ModelCommit, CancellationToken.None);
        if (model?.Revision is { } revision && revision != plan.ModelRevision)
            throw new ConfigException([new("model_name", $"{config.ModelName} has changed since {experimentId} was begun ({plan.ModelRevision}; now {revision}); its windows could not be compared")]);
        var place = await new EnginePlacement(host).FindAsync(config, plan.Folder, CancellationToken.None);
        RefuseOtherImage(plan, place);
        return await new ExperimentSession(host, messages, options).RunAsync(plan, config, prompts, model, place, results);
    }
}

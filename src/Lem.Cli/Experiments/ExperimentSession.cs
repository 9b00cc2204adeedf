using System.Text.Json;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Secrets;
using Lem.Core.Results.Storage;
using Lem.Measurement.Experiments;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Launching.Containers;
using Lem.Measurement.Load.Prompts;

namespace Lem.Cli.Experiments;

/// <summary>Runs one planned experiment from the command line: leftovers cleaned up, events shown, results aggregated, the plan kept until all is measured.</summary>
sealed class ExperimentSession(CliHost host, Messages messages, SessionOptions options)
{
    /// <param name="config">The plan's effective configuration.</param>
    /// <param name="prompts">The plan's prompts.</param>
    /// <param name="found">The plan's model; null where a server has it.</param>
    /// <param name="place">The container its engine is started in; null = none.</param>
    public async Task<ExitCode> RunAsync(
        ExperimentPlan plan, ExperimentConfig config, PromptSet prompts, FoundModel? found, ContainerPlace? place, ResultsDirectory results)
    {
        var ledger = await Leftovers.EndAsync(host, messages, results);
        using var interrupts = new Interrupts(() => messages.Note("\nstopping: what is in flight may finish (10 s); Ctrl-C again kills at once"));

        var secrets = new SecretRedactor(host.Environment.Variables, SecretRedactor.NamesIn(config));
        var store = new RawStore(results, host.Time, secrets);
        var input = new ExperimentInput(config, prompts, Missing(plan, store), results, store);
        if (input.Cycles.Count == 0)
            return Conclude(plan, results, store, AllMeasured(plan));

        var model = found is null ? null : await PrepareAsync(found, plan, config, results, interrupts.Stop);
        using var entry = ledger.Enter(plan.ExperimentId);
        var parts = new PartsFactory(host, messages, secrets).Create(config, model, plan.Folder, entry, place);
        await using var engine = parts.Engine;
        using var meter = parts.Meter;

        var display = new ProgressDisplay(host, messages, options.IsSilent);
        ExperimentFinished? finished = null;
        try
        {
            await foreach (var e in new ExperimentRunner(plan, input, parts).RunAsync(interrupts.Stop))
            {
                if (options.Events)
                    TellAsEvent(e);
                display.Show(e);
                finished = e as ExperimentFinished ?? finished;
            }
        }
        catch (OperationCanceledException e) when (!interrupts.Stop.IsCancellationRequested)
        {
            throw new InvalidOperationException("something was given up that nobody had asked to give up", e); // Else it would end as if by Ctrl-C, without a word.
        }

        display.Clear();
        return Conclude(plan, results, store, finished ?? throw new InvalidOperationException("an experiment ends with ExperimentFinished"));
    }

    async Task<PreparedModel> PrepareAsync(FoundModel found, ExperimentPlan plan, ExperimentConfig config, ResultsDirectory results, CancellationToken stop)
    {
        try
        {
            return await new ModelPreparation(host, messages, options.IsSilent).EnsureAsync(found, config, stop);
        }
        catch (OperationCanceledException)
        {
            TellUnfinished(plan, results);
            throw;
        }
    }

    void TellUnfinished(ExperimentPlan plan, ResultsDirectory results) =>
        messages.Note($"not finished: lem resume {plan.ExperimentId}{ResultsLocation.Flag(host, results)} measures what is missing");

    void TellAsEvent(ExperimentEvent e)
    {
        var json = JsonSerializer.SerializeToNode(e, ExperimentEventsJson.Default.ExperimentEvent);
        try
        {
            host.Out.WriteLine(messages.Redact(json)?.ToJsonString());
        }
        catch (IOException error)
        {
            throw new LemException($"the events cannot be written: {error.Message}", "Whoever read them is gone, or its disk is full; lem resume measures what is missing.", error);
        }
    }

    // A run that was killed between its last window and its result: nothing is left to measure.
    static ExperimentFinished AllMeasured(ExperimentPlan plan) => new(0, plan.ExperimentId, ExperimentOutcome.Completed, 0, null, null, []);

    ExitCode Conclude(ExperimentPlan plan, ResultsDirectory results, RawStore store, ExperimentFinished finished)
    {
        if (finished.Failure is { } failure)
            messages.Error(failure, finished.FailureHint);

        var report = new ResultReport(host, messages, results);
        var complete = Missing(plan, store).Count == 0;
        if (plan.Aggregate)
            report.Aggregate(plan.ExperimentId, plan.Cycles, requireAll: complete);
        if (complete)
            new PlanStore(results.Root).Remove(plan.ExperimentId);
        else
            TellUnfinished(plan, results);
        if (plan.Aggregate && complete)
            report.Show(plan.ExperimentId, plan.Cycles, options.Json || options.Events, writeJson: options.Json, tellFiles: !options.Quiet);

        return finished.Outcome switch
        {
            ExperimentOutcome.Interrupted => ExitCode.Interrupted,
            ExperimentOutcome.Failed => ExitCode.RunFailed,
            ExperimentOutcome.GateFailed => ExitCode.GateFailed,
            _ => finished.FailedRequests > 0 ? ExitCode.RunFailed : ExitCode.Success,
        };
    }

    static IReadOnlyList<int> Missing(ExperimentPlan plan, RawStore store) =>
        [.. Enumerable.Range(0, plan.Cycles).Where(cycle => !store.IsComplete(ExperimentId.OfWindow(plan.ExperimentId, cycle, plan.Cycles)))];
}

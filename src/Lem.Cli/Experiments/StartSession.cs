using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Secrets;
using Lem.Core.Results.Storage;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Experiments;
using Lem.Measurement.Load.Prompts;
using Lem.Reporting.Comparisons;

namespace Lem.Cli.Experiments;

/// <summary>Starts an experiment that is asked for on the command line: loaded, checked, planned, then run.</summary>
sealed class StartSession(CliHost host, Messages messages, SessionOptions options)
{
    public async Task<ExitCode> RunAsync(StartRequest request)
    {
        var loaded = new ConfigLoader(host.Environment).Load(new(request.File, request.Preset, request.Overrides, request.Force));
        if (!options.Quiet)
            messages.Problems(loaded.Problems);
        Preflight.Check(loaded.Config);
        if (BackendRule.IsServer(loaded.Config.ResolvedBackend) && ServerSettings.Unset(loaded.Config, host.Variable).ToList() is { Count: > 0 } unset)
            throw new ConfigException(unset);
        if (Consent.Needed(loaded) is { Count: > 0 } uses && !request.Yes)
            throw new ConfigException([.. uses.Select(use => new ConfigError("", $"{use}; look at it, then allow it with --yes"))]);

        // What is missing here is told before anything is fetched from elsewhere.
        var place = request.DryRun ? null : await new EnginePlacement(host).FindAsync(loaded.Config, host.WorkingDirectory, CancellationToken.None);
        if (!request.DryRun && EnginePlacement.Unread(loaded.Config, place) is { } unread)
            messages.Note(unread);
        if (!request.DryRun && BackendRule.IsServer(loaded.Config.ResolvedBackend))
            await ServerReadiness.RequireAsync(loaded.Config, host.Variable, host.Time, CancellationToken.None);

        // All that can fail for good fails here, before anything is waited for and before a plan says that something is unfinished.
        var model = await new ModelPreparation(host, messages, options.IsSilent).FindAsync(loaded.Config, host.WorkingDirectory, commit: null, CancellationToken.None);
        var results = ResultsLocation.Resolve(host, request.ResultsDirectory, loaded.Config);
        var prompts = await new PromptPreparation(host, messages, options.IsSilent).OpenAsync(loaded.Config, host.WorkingDirectory, revision: null, CancellationToken.None);
        var plan = PlanOf(loaded, prompts, model, request);
        if (request.DryRun)
            return DryRun(plan, loaded, prompts, results, request.Pilot is { } pilot ? PilotSpread.Read(pilot, results) : null);

        if (model is not null)
            LlamaCppInstallation.Load();
        plan = plan with { ImageDigest = place?.ImageDigest };
        var plans = new PlanStore(results.Root);
        if (!request.Fresh)
            TellOfUnfinished(plans, plan.ConfigHash);
        plans.Save(plan);
        try
        {
            return await new ExperimentSession(host, messages, options).RunAsync(plan, loaded.Config, prompts, model, place, results);
        }
        catch (Exception e) when (e is LemException or ConfigException && NothingIsMeasured(plan, results))
        {
            plans.Remove(plan.ExperimentId);
            throw;
        }
    }

    // What goes to disk goes through the redactor: a token may stand in any value, and a plan outlives the run.
    ExperimentPlan PlanOf(LoadedConfig loaded, PromptSet prompts, FoundModel? model, StartRequest request) => new(
        ExperimentId.New(messages.Redact(loaded.Config.ConfigName), host.Time),
        LemVersion.Number,
        Redacted(loaded.Effective),
        Redacted(ProvenanceOf(loaded)),
        loaded.PresetChain,
        Redacted(loaded.CliOverrides),
        [.. loaded.Problems.Select(p => messages.Redact(p.Path is "" ? p.Message : $"{p.Path}: {p.Message}"))],
        loaded.ConfigHash,
        loaded.Config.NumCycles,
        loaded.Config.RandomSeed is { } seed ? (ulong)seed : BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)),
        prompts.Hash(),
        model?.Revision,
        host.WorkingDirectory,
        host.Time.GetUtcNow(),
        request.Aggregate,
        PromptRevision: prompts.Revision,
        ModelCommit: model?.OfHub?.Commit);

    static JsonObject ProvenanceOf(LoadedConfig loaded) => new(loaded.Provenance.Select(p => KeyValuePair.Create(p.Path, (JsonNode?)new JsonObject
    {
        ["value"] = p.Value?.DeepClone(),
        ["source"] = p.Source,
        ["detail"] = p.Detail,
    })));

    JsonObject Redacted(JsonObject json) => messages.Redact(json)?.AsObject() ?? [];

    ExitCode DryRun(ExperimentPlan plan, LoadedConfig loaded, PromptSet prompts, ResultsDirectory results, PilotSpread? pilot)
    {
        var config = loaded.Config;
        if (options.Json)
            host.Out.WriteLine(plan.Effective.ToJsonString(new() { WriteIndented = true }));
        else
        {
            host.Out.WriteLine($"{config.ConfigName}: {config.ModelName} on {config.ResolvedBackend.ToString().ToLowerInvariant()}");
            host.Out.WriteLine($"  {prompts.Measured.Count} prompts of {prompts.Source}, {PlannedLoad.Of(config)}, at most {config.MaxOutputTokens} output tokens, {config.NumCycles} cycle(s)");
            if (config.NumCycles >= 2)
                host.Out.WriteLine($"  {Resolution(config.NumCycles, pilot)}");
            host.Out.WriteLine($"  configuration {plan.ConfigHash[..12]}, results in {results.Root}");
            host.Out.WriteLine("  lem config show --provenance tells every key and where it comes from; nothing was run");
        }

        return ExitCode.Success;
    }

    static string Resolution(int cycles, PilotSpread? pilot) => pilot is null
        ? ResolutionText.WithoutPilot(cycles)
        : ResolutionText.WithPilot(cycles, pilot.ExperimentId, pilot.Cv, pilot.Cycles);

    // What failed before its first window has nothing to resume. Only whoever makes a plan takes it back so: one that is resumed stays until all is measured.
    static bool NothingIsMeasured(ExperimentPlan plan, ResultsDirectory results) =>
        !Directory.Exists(results.Window(ExperimentId.OfWindow(plan.ExperimentId, 0, plan.Cycles)));

    void TellOfUnfinished(PlanStore plans, string configHash)
    {
        foreach (var plan in plans.List().Where(p => p.ConfigHash == configHash))
            messages.Note($"an earlier run of this configuration is unfinished: lem resume {plan.ExperimentId} (this starts a new one)");
    }
}

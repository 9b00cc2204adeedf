using System.Text.Json.Nodes;
using Lem.Core.Results;

namespace Lem.Measurement.Experiments;

/// <summary>
/// Everything that decides what an experiment measures, settled before it starts and kept as <c>run/&lt;id&gt;.plan.json</c> until all its
/// windows are measured, so that it can be resumed after any end.
/// </summary>
/// <param name="Effective">The whole resolved configuration.</param>
/// <param name="Provenance">Dotted path → where its value came from.</param>
/// <param name="ConfigWarnings">What the checks had to say.</param>
/// <param name="Cycles">Windows to measure in all.</param>
/// <param name="Seed">Seeds sampling and synthetic words; drawn once when the configuration gives none.</param>
/// <param name="PromptSetSha256">The prompts must be the same when it is resumed.</param>
/// <param name="ModelRevision">Length and time of the model's file, or the hub's commit; null for synthetic models, whose name says it all. It must not change either.</param>
/// <param name="Folder">What relative paths of the configuration count from.</param>
/// <param name="Aggregate">Aggregated results are wanted (not <c>--no-aggregate</c>).</param>
/// <param name="PromptRevision">Commit of the data set the prompts are of; a resume reads the same.</param>
/// <param name="ModelCommit">Commit of the hub's model; a resume loads the same, whatever its branch has become.</param>
/// <param name="ImageDigest">Of the container image the engine runs in; a resume must find the same.</param>
public sealed record ExperimentPlan(
    string ExperimentId,
    string LemVersion,
    JsonObject Effective,
    JsonObject Provenance,
    IReadOnlyList<string> PresetChain,
    JsonObject CliOverrides,
    IReadOnlyList<string> ConfigWarnings,
    string ConfigHash,
    int Cycles,
    ulong Seed,
    string PromptSetSha256,
    string? ModelRevision,
    string Folder,
    DateTimeOffset Created,
    bool Aggregate = true,
    CampaignCell? Campaign = null,
    string? PromptRevision = null,
    string? ModelCommit = null,
    string? ImageDigest = null);

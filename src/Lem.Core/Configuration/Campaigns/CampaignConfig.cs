using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lem.Core.Configuration.Campaigns;

/// <summary>Many experiments in one order: a grid over a base, explicit files, or both.</summary>
/// <param name="Base">Path of the grid's base, in place of <paramref name="BaseConfig"/>.</param>
/// <param name="BaseConfig">What every cell of the grid has in common; keys of an experiment.</param>
/// <param name="Vary">The grid's axes: path of the key → its values.</param>
/// <param name="Configs">Files of further cells, relative to the campaign's file.</param>
/// <param name="Exclude">Cells that match all keys of one of these are left out of the grid.</param>
/// <param name="Model">Overrides <c>model_name</c> of every cell.</param>
/// <param name="Dataset">Overrides <c>dataset.name</c> of every cell.</param>
/// <param name="NumSamples">Overrides <c>num_input_prompts</c> of every cell.</param>
/// <param name="Warmup">Overrides keys of <c>warmup</c> of every cell.</param>
/// <param name="GroupBy">Paths the summary is grouped by.</param>
public sealed record CampaignConfig(
    string CampaignName = "",
    string? Base = null,
    JsonObject? BaseConfig = null,
    JsonObject? Vary = null,
    IReadOnlyList<string>? Configs = null,
    IReadOnlyList<JsonObject>? Exclude = null,
    string? Model = null,
    string? Dataset = null,
    int? NumSamples = null,
    JsonObject? Warmup = null,
    ExecutionConfig? Execution = null,
    HealthCheckConfig? HealthCheck = null,
    ColdStartConfig? ColdStart = null,
    SafetyConfig? Safety = null,
    CampaignScheduleConfig? Schedule = null,
    IReadOnlyList<string>? GroupBy = null,
    IoConfig? Io = null)
{
    public JsonObject Vary { get; init; } = Vary ?? [];

    public IReadOnlyList<string> Configs { get; init; } = Configs ?? [];

    public IReadOnlyList<JsonObject> Exclude { get; init; } = Exclude ?? [];

    public ExecutionConfig Execution { get; init; } = Execution ?? new();

    public HealthCheckConfig HealthCheck { get; init; } = HealthCheck ?? new();

    public ColdStartConfig ColdStart { get; init; } = ColdStart ?? new();

    public SafetyConfig Safety { get; init; } = Safety ?? new();

    public IReadOnlyList<string> GroupBy { get; init; } = GroupBy ?? [];

    public IoConfig Io { get; init; } = Io ?? new();

    /// <summary>Whether there is a grid at all; else only <see cref="Configs"/> run.</summary>
    [JsonIgnore]
    public bool HasGrid => Vary.Count > 0 || Base is not null || BaseConfig is not null;

    public IEnumerable<ConfigError> Validate()
    {
        if (CampaignName is "")
            yield return new("campaign_name", "is required");
        if (!HasGrid && Configs.Count == 0)
            yield return new("configs", "is required, unless there is a base or base_config with vary");
        if (Vary.Count > 0 && Base is null && BaseConfig is null && Model is null)
            yield return new("vary", "needs base or base_config: what the cells have in common");
        if (Base is not null && BaseConfig is not null)
            yield return new("base", "must not stand beside base_config");
        if (Exclude.Count > 0 && Vary.Count == 0)
            yield return new("exclude", "needs vary: it leaves cells out of the grid");
        if (NumSamples < 1)
            yield return new("num_samples", $"must be 1 or more, but is {NumSamples}");
        foreach (var error in (ConfigError[])[
            .. Execution.Validate().Under("execution"),
            .. HealthCheck.Validate().Under("health_check"),
            .. Safety.Validate().Under("safety"),
            .. Schedule?.Validate().Under("schedule") ?? []])
        {
            yield return error;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Campaigns;
using Lem.Core.Configuration.Output;
using Lem.Reporting.Tables;

namespace Lem.Cli.Configuration;

/// <summary>An effective configuration for reading: as YAML that loads again, or leaf by leaf with the source of each.</summary>
sealed record ConfigView(
    JsonObject Effective,
    IReadOnlyList<ProvenanceEntry>? Provenance,
    IReadOnlyList<string> PresetChain,
    string? ConfigHash,
    IReadOnlyList<ConfigError> Problems)
{
    public static ConfigView Of(LoadedConfig loaded) =>
        new(loaded.Effective, loaded.Provenance, loaded.PresetChain, loaded.ConfigHash, loaded.Problems);

    public static ConfigView Of(LoadedCampaign campaign)
    {
        var effective = (JsonObject)JsonSerializer.SerializeToNode(campaign.Config, ConfigJson.Default.CampaignConfig)!; // a record is an object
        return new(effective, null, [], null, campaign.Problems);
    }

    public string Text() => $"{Head()}{ConfigYaml.Write(Effective)}";

    public JsonNode Json() => Effective;

    /// <exception cref="ConfigException">There is none: a campaign's cells have each their own.</exception>
    public string ProvenanceText() => Head() + PlainTable.Of("KEY", "VALUE", "SOURCE", "DETAIL").Text(
        Entries().Select(entry => (IReadOnlyList<string?>)[entry.Path, entry.Value?.ToJsonString() ?? "null", entry.Source, entry.Detail ?? ""]));

    /// <exception cref="ConfigException">There is none: a campaign's cells have each their own.</exception>
    public JsonNode ProvenanceJson() => new JsonObject
    {
        ["config_hash"] = ConfigHash,
        ["preset_chain"] = new JsonArray([.. PresetChain.Select(name => (JsonNode)name)]),
        ["provenance"] = new JsonArray([.. Entries().Select(entry => new JsonObject
        {
            ["path"] = entry.Path,
            ["value"] = entry.Value?.DeepClone(),
            ["source"] = entry.Source,
            ["detail"] = entry.Detail,
        })]),
    };

    string Head() =>
        (ConfigHash is null ? "" : $"# configuration {ConfigHash}\n")
        + (PresetChain.Count == 0 ? "" : $"# presets {string.Join(", ", PresetChain)}\n");

    IReadOnlyList<ProvenanceEntry> Entries() =>
        Provenance ?? throw new ConfigException([new("--provenance", "is told of experiments only; the cells of a campaign have each their own")]);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Campaigns;

namespace Lem.Campaigns.Planning;

/// <summary>Makes the candidates of one campaign and validates each as a configuration of its own.</summary>
/// <param name="standAlone">Cells become files of their own: their names tell key and value, and their cycles are their own.</param>
sealed class CellPlanning(LoadedCampaign campaign, ConfigLoader loader, MachineFacts? machine, bool standAlone = false)
{
    readonly CellNames _names = new(campaign.Config.CampaignName, withLeaves: standAlone);

    // By the axes that decide it.
    readonly Dictionary<string, Backend> _backends = [];

    /// <summary><see cref="PlannedCell"/> or <see cref="RejectedCell"/> for each candidate, in order.</summary>
    public IEnumerable<object> Run() => [.. campaign.Config.HasGrid ? GridCells() : [], .. campaign.Config.Configs.Select(FileCell)];

    IEnumerable<object> GridCells()
    {
        var axes = GridAxis.Of(campaign.Config.Vary);
        if (Grid.Size(axes) > GridPlan.MostCandidates)
            throw new ConfigException([new("vary", $"gives {Grid.Size(axes):N0} cells, more than {GridPlan.MostCandidates:N0}")]);
        return Grid.Expand(axes, BackendOf).Select(GridCell);
    }

    object GridCell(IReadOnlyList<KeyValuePair<string, JsonNode?>> axes)
    {
        var name = _names.Next(axes);
        var exclusion = campaign.Config.Exclude.FirstOrDefault(pattern => Exclusion.Matches(pattern, axes, BackendOf(axes), campaign.Config.BaseConfig));
        if (exclusion is not null)
            return new RejectedCell(name, axes, $"is excluded by {exclusion.ToJsonString()}", []);
        return Validate(name, axes, RequestFor(name, axes));
    }

    ConfigRequest RequestFor(string name, IEnumerable<KeyValuePair<string, JsonNode?>> axes)
    {
        IReadOnlyList<ConfigOverride> overrides =
        [
            new("config_name", name, "campaign"),
            .. axes.Select(axis => new ConfigOverride(axis.Key, Text(axis.Value), "vary")),
            .. ForEveryCell(),
        ];
        return campaign.Config.Base is { } file
            ? new(Path.Combine(campaign.Folder, file), Overrides: overrides, AllowOtherBackends: true, Machine: machine)
            : new(
                Document: campaign.Config.BaseConfig ?? [],
                DocumentSource: $"file:{Path.GetFileName(campaign.File)}",
                Overrides: overrides,
                AllowOtherBackends: true,
                Machine: machine);
    }

    object FileCell(string file)
    {
        var request = new ConfigRequest(
            Path.Combine(campaign.Folder, file), Overrides: ForEveryCell(), AllowOtherBackends: true, Machine: machine);
        return Validate(Path.GetFileNameWithoutExtension(file), [], request) switch
        {
            PlannedCell cell => cell with { Name = cell.Loaded.Config.ConfigName },
            var rejected => rejected,
        };
    }

    object Validate(string name, IReadOnlyList<KeyValuePair<string, JsonNode?>> axes, ConfigRequest request)
    {
        try
        {
            var loaded = loader.Load(request);
            return standAlone || loaded.Config.NumCycles == 1
                ? new PlannedCell(name, axes, loaded)
                : Reject(name, axes, [new("num_cycles", $"must be 1 in a campaign, but is {loaded.Config.NumCycles}: cycles are execution.cycles")]);
        }
        catch (ConfigException exception)
        {
            return Reject(name, axes, exception.Errors);
        }
    }

    static RejectedCell Reject(string name, IReadOnlyList<KeyValuePair<string, JsonNode?>> axes, IReadOnlyList<ConfigError> errors) =>
        new(name, axes, string.Join("; ", errors), errors);

    // What the campaign sets for every cell, above the cell's own keys.
    List<ConfigOverride> ForEveryCell()
    {
        var config = campaign.Config;
        var overrides = new List<ConfigOverride>();
        if (config.Model is { } model)
            overrides.Add(new("model_name", model, "campaign"));
        if (config.Dataset is { } dataset)
            overrides.Add(new("dataset.name", dataset, "campaign"));
        if (config.NumSamples is { } samples)
            overrides.Add(new("num_input_prompts", $"{samples}", "campaign"));
        foreach (var (key, value) in config.Warmup ?? [])
            overrides.Add(new($"warmup.{key}", Text(value), "campaign"));
        return overrides;
    }

    // Base, preset and axes decide together; few axes can change it.
    Backend BackendOf(IReadOnlyList<KeyValuePair<string, JsonNode?>> axes)
    {
        var deciding = string.Join('\n', axes.Where(axis => axis.Key is "backend" or "model_name" or "preset").Select(axis => $"{axis.Key}: {axis.Value?.ToJsonString()}"));
        if (!_backends.TryGetValue(deciding, out var backend))
            _backends[deciding] = backend = loader.BackendOf(RequestFor("backend", axes));
        return backend;
    }

    // As it would be typed: text without quotes, all else as JSON, which is YAML.
    static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue scalar when scalar.GetValueKind() is JsonValueKind.String => scalar.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}

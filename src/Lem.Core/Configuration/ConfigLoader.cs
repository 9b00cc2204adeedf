using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration.Campaigns;
using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Loading;
using Lem.Core.Configuration.Settings;

namespace Lem.Core.Configuration;

/// <summary>Loads experiments, campaigns and settings. The user's mistakes come together in one <see cref="ConfigException"/>.</summary>
public sealed class ConfigLoader(ConfigEnvironment environment)
{
    /// <summary>One experiment: defaults, settings, environment, preset, file and command line merged, bound and checked.</summary>
    /// <exception cref="ConfigException">Something is wrong with it; all mistakes at once.</exception>
    public LoadedConfig Load(ConfigRequest request) => new ExperimentLoading(environment, request).Load();

    /// <summary>One campaign file. The configurations it names are read when the campaign is planned.</summary>
    /// <exception cref="ConfigException">Something is wrong with it; all mistakes at once.</exception>
    public LoadedCampaign LoadCampaign(string file) => new CampaignLoading(environment).Load(file);

    /// <summary>Whether a file is a campaign: it has a <c>campaign_name</c>.</summary>
    public bool IsCampaign(string file) =>
        new ConfigFiles(environment.WorkingDirectory).ReadChain(file, Layer.File, "file").Any(document => document.Has("campaign_name"));

    /// <summary>Whether a file looks like an experiment, right or wrong: it names itself or its model.</summary>
    /// <exception cref="ConfigException">The file cannot be read.</exception>
    public bool IsExperiment(string file) =>
        new ConfigFiles(environment.WorkingDirectory).ReadChain(file, Layer.File, "file").Any(document => document.Has("config_name") || document.Has("model_name"));

    /// <summary>The engine it would run on, whatever else may be wrong with it.</summary>
    /// <exception cref="ConfigException">A file cannot be read.</exception>
    public Backend BackendOf(ConfigRequest request) => new ExperimentLoading(environment, request).BackendOf();

    /// <summary>User settings, project settings and environment, merged.</summary>
    /// <exception cref="ConfigException">A settings file or a variable is wrong.</exception>
    public UserSettings LoadSettings()
    {
        var errors = new List<ConfigError>();
        var layers = new SettingsLayers(environment, new ConfigFiles(environment.WorkingDirectory)).Read(errors);
        if (errors.Count > 0)
            throw new ConfigException(errors);
        var merged = layers.Aggregate((below, above) => below.MergedWith(above));
        return merged.ToJson().Deserialize(ConfigJson.Default.UserSettings) ?? new();
    }

    /// <summary>The same value as it would stand in a file, for a path of the schema: <c>8</c>, <c>true</c>, <c>[0, 1]</c>.</summary>
    public static JsonNode? ParseValue(string path, string text) =>
        ScalarText.Read(text, Schema.ShapeWalk.Find(Schema.ConfigShapes.Experiment, path), new(Layer.CommandLine, "cli")).ToJson();

    /// <summary>The axes of a grid as typed, <c>batch_size=1,2,4</c>: full path → values, as a campaign's <c>vary</c> has them.</summary>
    /// <param name="backend">Decides which of two equal leaf names is meant.</param>
    /// <exception cref="ConfigException">A key is unknown, ambiguous or given twice, or has no values.</exception>
    public static JsonObject ParseAxes(IEnumerable<string> assignments, Backend? backend = null) => TypedAxes.Read(assignments, backend);
}

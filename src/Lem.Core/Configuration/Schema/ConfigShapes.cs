namespace Lem.Core.Configuration.Schema;

/// <summary>The shapes of the files a user writes.</summary>
public static class ConfigShapes
{
    public static ObjectShape Experiment { get; } = ShapeBuilder.Of(ConfigJson.Default.ExperimentConfig);

    public static ObjectShape UserSettings { get; } = ShapeBuilder.Of(ConfigJson.Default.UserSettings);

    public static ObjectShape Campaign { get; } = CampaignShape();

    // The base and the warm-up of a campaign have the keys of an experiment.
    static ObjectShape CampaignShape()
    {
        var own = ShapeBuilder.Of(ConfigJson.Default.CampaignConfig);
        return own with
        {
            Members = new Dictionary<string, Shape>(own.Members)
            {
                ["base_config"] = Experiment with { Nullable = true },
                ["warmup"] = Experiment.Members["warmup"] with { Nullable = true },
            },
        };
    }
}

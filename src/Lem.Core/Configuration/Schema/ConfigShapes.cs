namespace Lem.Core.Configuration.Schema;

/// <summary>The shapes of the files a user writes.</summary>
public static class ConfigShapes
{
    public static ObjectShape Experiment { get; } = ShapeBuilder.Of(ConfigJson.Default.ExperimentConfig);

    public static ObjectShape UserSettings { get; } = ShapeBuilder.Of(ConfigJson.Default.UserSettings);
}

using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Loading;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Settings;

/// <summary>The settings files and the environment, as settings and as layers below an experiment's own keys.</summary>
sealed class SettingsLayers(ConfigEnvironment environment, ConfigFiles files)
{
    const string UserFile = ".config/lem/config.yaml";
    const string ProjectFile = ".lem-config.yaml";

    // Environment variables that are settings; nothing else in the environment maps to configuration.
    static readonly (string Variable, string Setting)[] _variables =
    [
        ("LLM_ENERGY_RESULTS_DIR", "results_dir"), // the predecessor's name; LEM_RESULTS_DIR after it wins
        ("LEM_RESULTS_DIR", "results_dir"),
        ("LEM_CARBON_INTENSITY", "carbon_intensity_g_per_kwh"),
        ("LEM_PUE", "pue"),
        ("LEM_RUNNER_PYTORCH", "runners.pytorch"),
        ("LEM_RUNNER_VLLM", "runners.vllm"),
        ("LEM_RUNNER_TENSORRT", "runners.tensorrt"),
        ("LEM_RUNNER_LLAMACPP", "runners.llamacpp"),
        ("LEM_RUNNER_OPENAI", "runners.openai"),
    ];

    /// <summary>User settings, project settings and environment, lowest first, each checked.</summary>
    public IReadOnlyList<ConfigMapping> Read(ICollection<ConfigError> errors)
    {
        List<ConfigMapping> layers =
        [
            ReadFile(Path.Combine(environment.HomeDirectory, UserFile), Layer.UserSettings),
            ReadFile(Path.Combine(environment.WorkingDirectory, ProjectFile), Layer.ProjectSettings),
            ReadVariables(errors),
        ];
        foreach (var error in layers.SelectMany(layer => ShapeChecker.Check(layer, ConfigShapes.UserSettings)))
            errors.Add(error);
        return layers;
    }

    /// <summary>The keys of an experiment that settings stand behind, for the backend that runs.</summary>
    public static ConfigMapping ForExperiment(ConfigMapping settings, Backend backend)
    {
        var keys = new ConfigMapping(settings.Origin, []);
        (string Setting, string Key)[] mapped =
        [
            ("results_dir", "io.results_dir"),
            ("carbon_intensity_g_per_kwh", "energy.carbon_intensity_g_per_kwh"),
            ("country", "energy.country"),
            ("pue", "energy.pue"),
            ($"runners.{backend.ToString().ToLowerInvariant()}", "runner"),
        ];
        foreach (var (setting, key) in mapped)
        {
            if (settings.Find(setting) is ConfigScalar { IsNull: false } value)
                keys = keys.Set(key, value);
        }
        return keys;
    }

    ConfigMapping ReadFile(string path, Layer layer) =>
        File.Exists(path) ? files.ReadOne(path, layer, "user") : new ConfigMapping(new(layer, $"user:{path}"), []);

    ConfigMapping ReadVariables(ICollection<ConfigError> errors)
    {
        var settings = new ConfigMapping(new(Layer.Environment, "environment"), []);
        foreach (var (variable, setting) in _variables)
        {
            if (!environment.Variables.TryGetValue(variable, out var text) || text is "")
                continue;
            var value = ScalarText.Read(text, ShapeWalk.Find(ConfigShapes.UserSettings, setting), new(Layer.Environment, "environment", variable));
            if (ShapeWalk.Find(ConfigShapes.UserSettings, setting) is { } shape && ScalarChecks.Problem(value, shape) is { } problem)
                errors.Add(new(variable, problem));
            else
                settings = settings.Set(setting, value);
        }
        return settings;
    }
}

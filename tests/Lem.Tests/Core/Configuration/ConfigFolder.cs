using Lem.Core.Configuration;
using Lem.Core.Configuration.Campaigns;

namespace Lem.Tests.Core.Configuration;

/// <summary>A working directory of its own, with a home beside it, gone after the test.</summary>
sealed class ConfigFolder : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("lem-config-").FullName;

    public ConfigFolder()
    {
        Directory.CreateDirectory(Work);
        Directory.CreateDirectory(Home);
    }

    public string Work => Path.Combine(_root, "work");

    public string Home => Path.Combine(_root, "home");

    public Dictionary<string, string> Variables { get; } = [];

    public ConfigLoader Loader => new(new(Work, Home, Variables));

    public string Write(string name, string text)
    {
        var path = Path.GetFullPath(name, Work);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(text));
        return path;
    }

    public LoadedConfig Load(string yaml, params ConfigOverride[] overrides)
    {
        Write("test.yaml", yaml);
        return Loader.Load(new("test.yaml", Overrides: overrides));
    }

    /// <summary>Loads a file of this text below a name and a model, which every file needs.</summary>
    public LoadedConfig LoadFragment(string yaml, params ConfigOverride[] overrides) =>
        Load($"config_name: test\nmodel_name: synthetic:tiny\n{yaml}", overrides);

    public LoadedCampaign LoadCampaign(string yaml)
    {
        Write("campaign.yaml", yaml);
        return Loader.LoadCampaign("campaign.yaml");
    }

    public IReadOnlyList<ConfigError> ErrorsOf(string yaml, params ConfigOverride[] overrides) =>
        Xunit.Assert.Throws<ConfigException>(() => LoadFragment(yaml, overrides)).Errors;

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

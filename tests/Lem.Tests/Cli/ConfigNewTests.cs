using Lem.Cli;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Presets;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ConfigNewTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public static TheoryData<string> Presets { get; } = [.. PresetLibrary.Names];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_configuration_is_right_and_named_after_its_file()
    {
        Assert.Equal(["my first.yaml"], await _folder.LinesAsync("config", "new", "-o", "my first.yaml"));

        var loaded = Load("my first.yaml");
        Assert.Equal(("my-first", "synthetic:15m"), (loaded.Config.ConfigName, loaded.Config.ModelName));
        Assert.DoesNotContain(loaded.Problems, IsDoubt);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task One_over_a_preset_is_right_and_changes_nothing_of_it(string preset)
    {
        await _folder.LinesAsync("config", "new", "-o", "a.yaml", "--preset", preset, "-m", "org/model:file.gguf");
        await _folder.LinesAsync("config", "new", "-o", "b.yaml", "--preset", preset);

        var loaded = Load("b.yaml");
        Assert.DoesNotContain(loaded.Problems, IsDoubt);
        Assert.Equal(preset, loaded.Config.Preset);
        Assert.Contains(loaded.Provenance, entry => entry.Source == $"preset:{preset}" && entry.Path.Contains("max_", StringComparison.Ordinal));
        Assert.Contains("model_name: \"org/model:file.gguf\"", _folder.Read("a.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_it_is_printed() =>
        Assert.Contains("config_name: my-experiment", await _folder.LinesAsync("config", "new"));

    [Fact]
    public async Task An_existing_file_is_never_written_over()
    {
        _folder.Write("a.yaml", "mine");

        var (code, _, messages) = await _folder.RunAsync("config", "new", "-o", "a.yaml");

        Assert.Equal((ExitCode.UserMistake, "mine"), (code, _folder.Read("a.yaml")));
        Assert.Contains("a.yaml exists already", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_preset_is_the_users_mistake() =>
        Assert.Equal(ExitCode.UserMistake, (await _folder.RunAsync("config", "new", "--preset", "fast")).Code);

    static bool IsDoubt(ConfigError problem) => problem.Severity is not ConfigSeverity.Info;

    LoadedConfig Load(string file) => new ConfigLoader(new(_folder.Work, _folder.Home, _folder.Variables)).Load(new(file));
}

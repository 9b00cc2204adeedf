using Lem.Core.Configuration;
using Lem.Core.Configuration.Presets;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class PresetTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Names { get; } = [.. PresetLibrary.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_preset_loads_with_no_dead_key_and_no_old_one(string name)
    {
        var loaded = _folder.Loader.Load(new(Preset: name, Overrides: [new("model_name", "org/model", "--model")]));

        Assert.Equal(name, loaded.Config.ConfigName);
        Assert.Equal(name, loaded.Config.Preset);
        Assert.True(loaded.Config.Decoder.IsGreedy);
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity is not ConfigSeverity.Info);
        Assert.Contains(loaded.Provenance, entry => entry.Source == $"preset:{name}");
        Assert.True(PresetLibrary.Description(name).Length > 10);
    }

    [Fact]
    public void Throughput_really_runs_at_batch_size_8()
    {
        var config = _folder.Loader.Load(new(Preset: "throughput", Overrides: [new("model_name", "org/model")])).Config;

        Assert.Equal(new BatchingConfig(BatchingStrategy.Dynamic, 8, 4096), config.Batching);
    }

    [Fact]
    public void The_files_own_keys_win_over_its_preset()
    {
        var config = _folder.LoadFragment("preset: vllm-throughput\nvllm: { max_num_seqs: 4 }\n").Config;

        Assert.Equal(4, config.Engine.Integer("max_num_seqs"));
        Assert.True(config.Engine.Flag("enable_prefix_caching"));
        Assert.Equal("test", config.ConfigName);
    }

    [Fact]
    public void A_model_alone_is_the_quick_test_on_it()
    {
        var config = _folder.Loader.Load(new(Overrides: [new("model_name", "org/model", "--model")])).Config;

        Assert.Equal(("org/model", "quick-test", Backend.Pytorch), (config.ModelName, config.Preset, config.Backend));
    }
}

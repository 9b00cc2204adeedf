using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class OverrideTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("batching.batch_size", "8", "batching.batch_size", "8")]
    [InlineData("batch_size", "8", "batching.batch_size", "8")]
    [InlineData("n_ctx", "512", "llamacpp.n_ctx", "512")]
    [InlineData("gpus", "0,1", "gpus", "[0,1]")]
    [InlineData("gpus", "[2]", "gpus", "[2]")]
    [InlineData("temperature", "0.5", "decoder.temperature", "0.5")]
    [InlineData("model_revision", "0123", "model_revision", "\"0123\"")]
    [InlineData("model_revision", "null", "model_revision", "null")]
    [InlineData("dataset", "alpaca", "dataset.name", "\"alpaca\"")]
    [InlineData("gpu_list", "[1]", "gpus", "[1]")]
    [InlineData("streaming", "true", "streaming", "true")]
    [InlineData("llamacpp.extra.new", "{a: [1]}", "llamacpp.extra.new.a", "[1]")]
    public void A_value_from_the_command_line_arrives(string path, string value, string full, string json)
    {
        var entry = Assert.Single(_folder.LoadFragment("", new ConfigOverride(path, value)).Provenance, entry => entry.Path == full);

        Assert.Equal(json, entry.Value?.ToJsonString() ?? "null");
        Assert.Equal("cli", entry.Source);
    }

    [Fact]
    public void A_preset_from_the_command_line_is_the_one_that_holds_and_is_recorded()
    {
        _folder.Write("test.yaml", "config_name: test\nmodel_name: synthetic:tiny\npreset: benchmark\n");

        var named = _folder.Loader.Load(new("test.yaml", Preset: "throughput"));
        var set = _folder.Loader.Load(new("test.yaml", Overrides: [new("preset", "throughput")]));

        Assert.All([named, set], loaded =>
        {
            Assert.Equal("throughput", loaded.Config.Preset);
            Assert.Equal("throughput", loaded.PresetChain[0]);
            Assert.Equal(8, loaded.Config.Batching.BatchSize);
        });
        Assert.Equal(named.ConfigHash, set.ConfigHash);
    }

    [Fact]
    public void A_name_that_several_keys_have_lists_them()
    {
        var message = Assert.Single(_folder.ErrorsOf("", new ConfigOverride("enabled", "true"))).Message;

        Assert.Contains("baseline.enabled, timeseries.enabled", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_backend_decides_between_parameters_of_equal_name()
    {
        var loaded = _folder.LoadFragment("", new ConfigOverride("tensor_parallel_size", "1"), new ConfigOverride("backend", "vllm", "--backend"));

        Assert.Equal(1, loaded.Config.Engine.Integer("tensor_parallel_size"));
    }

    [Fact]
    public void An_unknown_name_is_told_the_nearest() =>
        Assert.Equal("unknown; did you mean `batching.batch_size`?", Assert.Single(_folder.ErrorsOf("", new ConfigOverride("batch_sise", "1"))).Message);

    [Fact]
    public void What_the_command_line_set_is_kept() =>
        Assert.Equal("""{"batching":{"batch_size":8}}""", _folder.LoadFragment("", new ConfigOverride("batch_size", "8")).CliOverrides.ToJsonString());
}

using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Core.Configuration;

/// <summary>Every YAML block of the documents the product was asked for in must load.</summary>
public sealed class SeedTests : IDisposable
{
    const string MinimalBase = "config_name: fragment\nmodel_name: org/model\n";

    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_yaml_block_loads()
    {
        var blocks = SeedBlocks.All() ?? [];
        Assert.SkipWhen(blocks.Count == 0, "no seeds folder beside the checkout");

        foreach (var (name, text) in blocks)
        {
            foreach (var (file, content) in SeedBlocks.FilesOf(text))
            {
                // Files are written first, so that a block's later file can extend its earlier one.
                _folder.Write(file, content);
                LoadBlock(name, file, content);
            }
        }
    }

    void LoadBlock(string name, string file, string content)
    {
        try
        {
            if (content.Contains("campaign_name:", StringComparison.Ordinal))
            {
                Assert.NotEmpty(_folder.Loader.LoadCampaign(file).Config.CampaignName);
                return;
            }
            if (!content.Contains("config_name:", StringComparison.Ordinal))
                _folder.Write(file, MinimalBase + content);
            Assert.NotEmpty(_folder.Loader.Load(new(file)).Config.ModelName);
            _folder.Write(file, content);
        }
        catch (ConfigException exception)
        {
            Assert.Fail($"{name}, {file}: {exception.Message}");
        }
    }

    [Fact]
    public void The_oldest_form_means_what_it_said()
    {
        var loaded = _folder.LoadFragment("""
            backend: pytorch
            inference_type: pure_generative
            gpu_list: [0, 1]
            num_processes: 2
            query_rate: 2.5
            batching_options: { batch_size: 8, dynamic_batching: true }
            decoder_config: { top_k: 7 }
            quantization_config: { quantization: true, load_in_4bit: true, load_in_8bit: false }
            """);

        Assert.Equal([GpuId.FromInt32(0), GpuId.FromInt32(1)], loaded.Config.Gpus!);
        Assert.Equal(new BatchingConfig(BatchingStrategy.Dynamic, 8), loaded.Config.Batching);
        Assert.Equal(7, loaded.Config.Decoder.TopK);
        Assert.Equal(2.5, loaded.Config.TrafficSimulation.TargetQps);
        Assert.True(loaded.Config.Engine.Flag("load_in_4bit"));
        Assert.Null(loaded.Config.Engine.Flag("load_in_8bit"));
        Assert.Contains(loaded.Problems, problem => problem is { Path: "gpu_list", Message: "is `gpus` now", Severity: ConfigSeverity.Warning });
        Assert.Contains(loaded.Problems, problem => problem.Path == "inference_type" && problem.Location is not null);
    }

    [Theory]
    [InlineData("pytorch: { batch_size: 4, batching_strategy: sorted_static }", "batching.batch_size", "4")]
    [InlineData("pytorch: { parallelism_strategy: tensor_parallel, parallelism_degree: 1 }", "pytorch.tp_size", "1")]
    [InlineData("gpus: [0, 1]\npytorch: { parallelism_strategy: data_parallel, parallelism_degree: 2 }", "num_processes", "2")]
    [InlineData("pytorch: { assisted_generation: { num_tokens: 5 } }", "pytorch.prompt_lookup_num_tokens", "5")]
    [InlineData("pytorch: { beam_search: { enabled: true, num_beams: 4 } }", "pytorch.num_beams", "4")]
    [InlineData("backend: vllm\nvllm: { speculative: { method: mlp, model: m, num_tokens: 3 } }", "vllm.speculative_config.method", "mlp_speculator")]
    [InlineData("backend: vllm\nvllm: { lora: { enabled: true, max_rank: 8 } }", "vllm.max_lora_rank", "8")]
    [InlineData("backend: tensorrt\ntensorrt: { quantization: int8_sq, calibration: {dataset: wikitext} }", "tensorrt.quant_config.quant_algo", "W8A8_SQ_PER_CHANNEL")]
    [InlineData("model: { name: other/model }", "model_name", "other/model")]
    public void An_old_key_arrives_under_its_new_name(string yaml, string path, string value)
    {
        var text = $"config_name: a\n{(yaml.StartsWith("model:", StringComparison.Ordinal) ? "" : "model_name: org/model\n")}{yaml}\n";

        var entry = Assert.Single(_folder.Load(text).Provenance, entry => entry.Path == path);

        Assert.Equal(value, entry.Value!.ToString());
    }

    [Fact]
    public void Where_both_spellings_stand_todays_wins() =>
        Assert.Equal([GpuId.FromInt32(3)], _folder.LoadFragment("gpus: [3]\ngpu_list: [1]\n").Config.Gpus!);

    [Fact]
    public void A_mistake_below_an_old_key_keeps_its_place()
    {
        var error = Assert.Single(_folder.ErrorsOf("decoder_config:\n  temprature: 1\n"));

        Assert.Equal("decoder.temprature", error.Path);
        Assert.Equal(4, error.Location!.Line);
    }
}

using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class ConfigChecksTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("max_output_tokens: 4096", "max_output_tokens", ConfigSeverity.Warning)]
    [InlineData("decoder: { preset: deterministic, temperature: 1.0, do_sample: true }", "decoder.preset", ConfigSeverity.Info)]
    [InlineData("decoder: { preset: deterministic, top_p: 0.9 }", "decoder.top_p", ConfigSeverity.Warning)]
    [InlineData("decoder: { do_sample: false, repetition_penalty: 1.2 }", "decoder.repetition_penalty", ConfigSeverity.Warning)]
    [InlineData("decoder: { temperature: 0 }", "decoder.do_sample", ConfigSeverity.Info)]
    [InlineData("backend: pytorch\ntraffic_simulation: { enabled: true, target_qps: 101 }", "traffic_simulation.target_qps", ConfigSeverity.Warning)]
    [InlineData("traffic_simulation: { enabled: true }\nconcurrency: 4", "concurrency", ConfigSeverity.Error)]
    [InlineData("batching: { strategy: dynamic }", "batching.max_tokens_per_batch", ConfigSeverity.Info)]
    [InlineData("backend: pytorch\npytorch: { load_in_4bit: true, load_in_8bit: true }", "pytorch.load_in_4bit", ConfigSeverity.Error)]
    [InlineData("backend: pytorch\nfp_precision: float32\npytorch: { attn_implementation: flash_attention_2 }", "pytorch.attn_implementation", ConfigSeverity.Error)]
    [InlineData("backend: tensorrt\nfp_precision: float32", "fp_precision", ConfigSeverity.Error)]
    [InlineData("backend: vllm\ngpus: [0, 1]\nvllm: { tensor_parallel_size: 2, pipeline_parallel_size: 2 }", "vllm.tensor_parallel_size", ConfigSeverity.Error)]
    [InlineData("backend: pytorch\ngpus: [0, 1, 2]\nnum_processes: 2", "num_processes", ConfigSeverity.Error)]
    [InlineData("backend: vllm\nvllm: { gpu_memory_utilization: 0.97 }", "vllm.gpu_memory_utilization", ConfigSeverity.Warning)]
    [InlineData("backend: vllm\nvllm: { enforce_eager: true, speculative_config: { method: ngram } }", "vllm.speculative_config", ConfigSeverity.Info)]
    [InlineData("backend: tensorrt\ntensorrt: { quant_config: { quant_algo: W8A8_SQ_PER_CHANNEL } }", "tensorrt.quant_config.quant_algo", ConfigSeverity.Warning)]
    [InlineData("backend: vllm\nvllm: { trust_remote_code: true }", "vllm.trust_remote_code", ConfigSeverity.Warning)]
    [InlineData("backend: openai", "server.url", ConfigSeverity.Error)]
    [InlineData("num_cycles: 5\nstatistics: { ci_method: percentile }", "statistics.ci_method", ConfigSeverity.Warning)]
    [InlineData("llamacpp: { flash_attn: off, type_v: q8_0 }", "llamacpp.type_v", ConfigSeverity.Error)]
    [InlineData("llamacpp: { lora: [{ scale: 1 }] }", "llamacpp.lora", ConfigSeverity.Error)]
    public void Each_doubt_has_its_path_and_severity(string yaml, string path, ConfigSeverity severity) =>
        Assert.Contains(ProblemsOf(yaml, new()), problem => problem.Path == path && problem.Severity == severity);

    [Theory]
    [InlineData("backend: tensorrt", 7.5, "backend", ConfigSeverity.Error)]
    [InlineData("backend: tensorrt\ntensorrt: { quant_config: { quant_algo: FP8 } }", 8.0, "tensorrt.quant_config.quant_algo", ConfigSeverity.Error)]
    [InlineData("backend: vllm\nvllm: { quantization: fp8 }", 8.6, "vllm.quantization", ConfigSeverity.Info)]
    public void What_the_chip_cannot_do_is_told(string yaml, double capability, string path, ConfigSeverity severity)
    {
        Assert.Contains(ProblemsOf(yaml, new(ComputeCapability: capability)), problem => problem.Path == path && problem.Severity == severity);
        Assert.DoesNotContain(ProblemsOf(yaml, new(ComputeCapability: 9.0)), problem => problem.Path == path);
    }

    [Theory]
    [InlineData("llamacpp")]
    [InlineData("vllm")]
    public void A_high_rate_is_no_doubt_where_batches_are_continuous(string backend) =>
        Assert.DoesNotContain(
            ProblemsOf($"backend: {backend}\ntraffic_simulation: {{ enabled: true, target_qps: 150 }}", new()), problem => problem.Path == "traffic_simulation.target_qps");

    [Fact]
    public void A_baseline_shorter_than_ten_sensor_updates_is_doubtful()
    {
        var problems = ProblemsOf("baseline: { duration_sec: 5 }", new(SensorPeriod: TimeSpan.FromSeconds(1)));

        Assert.Contains(problems, problem => problem is { Path: "baseline.duration_sec", Severity: ConfigSeverity.Warning });
        Assert.DoesNotContain(ProblemsOf("", new(SensorPeriod: TimeSpan.FromSeconds(1))), problem => problem.Path == "baseline.duration_sec");
    }

    [Fact]
    public void A_run_shorter_than_ten_seconds_is_doubtful() =>
        Assert.Contains(ProblemsOf("", new(EstimatedWindow: TimeSpan.FromSeconds(3))), problem => problem is { Path: "num_input_prompts", Severity: ConfigSeverity.Warning });

    [Fact]
    public void A_gpu_that_is_not_there_is_an_error() =>
        Assert.Contains(ProblemsOf("backend: vllm\ngpus: [3]", new(GpuCount: 2)), problem => problem is { Path: "gpus", Severity: ConfigSeverity.Error });

    [Fact]
    public void A_plain_configuration_has_no_problems() => Assert.Empty(ProblemsOf("", new()));

    IReadOnlyList<ConfigError> ProblemsOf(string yaml, MachineFacts machine)
    {
        _folder.Write("a.yaml", $"config_name: a\nmodel_name: synthetic:tiny\n{yaml}\n");
        return _folder.Loader.Load(new("a.yaml", Force: true, Machine: machine)).Problems;
    }
}

using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>lem starts <c>vllm serve</c> and <c>trtllm-serve</c> that it finds on the PATH: programs of ours that take what those take, and refuse what those refuse.</summary>
public sealed class EnginesByParametersTests : IDisposable
{
    readonly LemProcess _lem = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _lem.Dispose();

    [Fact]
    public async Task Vllm_is_started_measured_and_ended()
    {
        Install("vllm");
        await WriteAsync("""
            backend: vllm
            max_input_tokens: 24
            concurrency: 2
            vllm:
              max_num_seqs: 8
              enforce_eager: true
              enable_chunked_prefill: false
              speculative_config: {method: ngram, num_speculative_tokens: 3, prompt_lookup_max: 4}
              cudagraph_capture_sizes: [1, 2, 4]
              presence_penalty: 0.5
            """);

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 0, error);
        var result = Assert.Single(MeasuredRun.Of(_lem.Results).Results);
        Assert.Equal(6 * 8, MeasuredRun.Number(result["inference_metrics"]?["output_tokens"]));
        Assert.DoesNotContain("prefix_cache_warm", MeasuredRun.Findings(result));
        Assert.DoesNotContain("engine_version_untested", MeasuredRun.Findings(result));
        Assert.Equal("0.24.0", (string?)result["backend_version"]);
        Assert.Equal((32, 8), ((int?)result["engine_effective"]?["max_model_len"], (int?)result["engine_effective"]?["scheduler_config"]?["max_num_seqs"]));
        Assert.DoesNotContain("hf_secret", result.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_lem.Results, "run")));
    }

    [Fact]
    public async Task TensorRt_is_started_measured_and_ended()
    {
        Install("trtllm-serve");
        await WriteAsync("""
            backend: tensorrt
            max_input_tokens: null
            concurrency: 2
            tensorrt:
              max_batch_size: 8
              kv_cache_config: {free_gpu_memory_fraction: 0.5}
              cuda_graph_config: {enable_padding: true}
            """);

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 0, error);
        var result = Assert.Single(MeasuredRun.Of(_lem.Results).Results);
        Assert.Equal(6 * 8, MeasuredRun.Number(result["inference_metrics"]?["output_tokens"]));
        Assert.DoesNotContain("prefix_cache_warm", MeasuredRun.Findings(result));
        Assert.True(MeasuredRun.Number(MeasuredRun.Statistics(result)?["queue_mean_ms"]) >= 0);
    }

    [Fact]
    public async Task An_argument_that_the_engine_does_not_know_ends_the_run_with_its_name()
    {
        Install("vllm");
        await WriteAsync("backend: vllm\nvllm: {extra: {max_num_sequences: 8}}\n");

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.Equal(3, code);
        Assert.Contains("vllm ended before it answered with exit code 2", error, StringComparison.Ordinal);
        Assert.Contains("--max-num-sequences", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vllm", "vllm")]
    [InlineData("tensorrt", "trtllm-serve")]
    public async Task An_engine_that_is_not_installed_is_told_with_all_ways_out(string backend, string program)
    {
        await WriteAsync($"backend: {backend}\n");

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.Equal(3, code);
        Assert.Contains($"{program} is not installed here", error, StringComparison.Ordinal);
        Assert.All((string[])["pip install", "runner=docker", "--url"], way => Assert.Contains(way, error, StringComparison.Ordinal));
    }

    // A program of that name before all others.
    void Install(string program)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_lem.Folder, "bin")).FullName;
        var file = Path.Combine(folder, program);
        File.WriteAllText(file, $"#!/bin/sh\nexec '{MockProcess.Path}' --as {program} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _lem.Variables["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    async Task WriteAsync(string engine) => await File.WriteAllTextAsync(Path.Combine(_lem.Folder, "e.yaml"), $"""
        config_name: by-parameters
        model_name: org/model
        gpus: []
        max_output_tokens: 8
        num_input_prompts: 6
        decoder: {"{"}preset: deterministic, ignore_eos: true{"}"}
        dataset: {"{"}name: 'builtin:starter'{"}"}
        warmup: {"{"}enabled: false{"}"}
        baseline: {"{"}enabled: false{"}"}
        {engine}
        """, Cancel);
}

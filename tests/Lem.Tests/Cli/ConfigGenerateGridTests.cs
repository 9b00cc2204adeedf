using Lem.Cli;
using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ConfigGenerateGridTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public ConfigGenerateGridTests() => _folder.Write("base.yaml", "config_name: base\nmodel_name: synthetic:tiny\nmax_output_tokens: 9\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_combination_is_a_file_that_loads_to_its_values()
    {
        var files = await _folder.LinesAsync("config", "generate-grid", "base.yaml", "--vary", "batch_size=1,2", "--vary", "streaming=true,false", "-o", "grid");

        Assert.Equal(
            ["grid/base_batch_size_1_streaming_true.yaml", "grid/base_batch_size_1_streaming_false.yaml", "grid/base_batch_size_2_streaming_true.yaml", "grid/base_batch_size_2_streaming_false.yaml"],
            files);
        var last = Load(files[3]);
        Assert.Equal(("base_batch_size_2_streaming_false", 2, false, 9), (last.ConfigName, last.Batching.BatchSize, last.Streaming, last.MaxOutputTokens));
        Assert.True(Load(files[0]).Streaming);
    }

    [Fact]
    public async Task Values_keep_their_types()
    {
        var files = await _folder.LinesAsync("config", "generate-grid", "base.yaml", "--vary", "temperature=0.5", "--vary", "fp_precision=bf16", "--vary", "gpus=[0],[0,1]");

        var config = Load(files[1]);
        Assert.Equal("configs/grid/base_temperature_0.5_fp_precision_bf16_gpus_0-1.yaml", files[1]);
        Assert.Equal((0.5, Precision.Bfloat16, 2), (config.Decoder.Temperature, config.FpPrecision, config.Gpus!.Count));
    }

    [Fact]
    public async Task A_parameter_of_another_engine_makes_no_files()
    {
        var files = await _folder.LinesAsync("config", "generate-grid", "base.yaml", "--vary", "backend=llamacpp,vllm", "--vary", "vllm.max_num_seqs=8,16", "-o", "grid");

        Assert.Equal(
            ["grid/base_backend_llamacpp.yaml", "grid/base_backend_vllm_max_num_seqs_8.yaml", "grid/base_backend_vllm_max_num_seqs_16.yaml"], files);
    }

    [Fact]
    public async Task A_preset_may_choose_the_engine_and_the_base_its_cycles()
    {
        _folder.Write("base.yaml", "config_name: base\nmodel_name: org/a\npreset: vllm-throughput\nnum_cycles: 3\n");

        var files = await _folder.LinesAsync("config", "generate-grid", "base.yaml", "--vary", "vllm.max_num_seqs=8,16", "-o", "grid", "--strict");

        Assert.Equal([8, 16], files.Select(file => (int)Load(file).Section(Backend.Vllm).Number("max_num_seqs")!));
        Assert.Equal(3, Load(files[0]).NumCycles);
    }

    [Fact]
    public async Task Unknown_and_repeated_keys_are_told_at_once_and_nothing_is_written()
    {
        var (code, _, messages) = await _folder.RunAsync("config", "generate-grid", "base.yaml", "--vary", "batch_szie=1", "--vary", "streaming=true", "--vary", "streaming=false", "--vary", "x");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("batch_szie: --vary: unknown; did you mean `batching.batch_size`?", messages, StringComparison.Ordinal);
        Assert.Contains("streaming: --vary is given twice", messages, StringComparison.Ordinal);
        Assert.Contains("--vary: must be key=value,value,…, but is x", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["configs"]));
    }

    [Theory]
    [InlineData(new string[0], 0, 3)]
    [InlineData(new[] { "--validate" }, 0, 2)]
    [InlineData(new[] { "--strict" }, 2, 0)]
    public async Task What_would_not_run_is_told_and_written_left_out_or_refused(string[] how, int exitCode, int written)
    {
        var (code, _, messages) = await _folder.RunAsync(["config", "generate-grid", "base.yaml", "--vary", "batch_size=0,1,2", "-o", "grid", .. how]);

        Assert.Equal(exitCode, (int)code);
        Assert.Contains("batching.batch_size", messages, StringComparison.Ordinal);
        Assert.Contains("base_batch_size_0", messages, StringComparison.Ordinal);
        Assert.Equal(written, Directory.Exists(_folder["grid"]) ? Directory.GetFiles(_folder["grid"]).Length : 0);
    }

    [Fact]
    public async Task The_same_grid_may_be_written_again_but_changed_files_stay()
    {
        string[] command = ["config", "generate-grid", "base.yaml", "--vary", "batch_size=1,2", "-o", "grid"];
        var files = await _folder.LinesAsync(command);
        await _folder.LinesAsync(command);
        _folder.Write(files[1], "mine");
        File.Delete(_folder[files[0]]);

        var (code, _, messages) = await _folder.RunAsync(command);

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("exists with other content", messages, StringComparison.Ordinal);
        Assert.Equal("mine", _folder.Read(files[1]));
        Assert.False(File.Exists(_folder[files[0]]));
    }

    [Fact]
    public async Task As_json_it_tells_what_was_written_and_what_would_not_run()
    {
        var answer = await _folder.JsonAsync("config", "generate-grid", "base.yaml", "--vary", "batch_size=0,1", "--validate");

        Assert.Single(answer["written"]!.AsArray());
        Assert.Equal("base_batch_size_0", (string?)answer["invalid"]![0]!["name"]);
    }

    ExperimentConfig Load(string file) => new ConfigLoader(new(_folder.Work, _folder.Home, _folder.Variables)).Load(new(file)).Config;
}

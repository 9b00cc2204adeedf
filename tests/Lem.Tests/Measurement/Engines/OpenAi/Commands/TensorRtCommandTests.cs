using System.Diagnostics;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Engines.Universes;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Engines.OpenAi.Commands;
using Lem.Measurement.Launching;
using Lem.Tests.Shared.Engines;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Commands;

/// <summary>Commands and option files for TensorRT-LLM are read as it reads them: by parsers made of the recorded list of its own arguments.</summary>
public sealed class TensorRtCommandTests
{
    static readonly EngineUniverse Universe = EngineUniverse.Of(Backend.Tensorrt)!; // Recorded.
    static readonly HashSet<string> BuiltOnly = [.. TensorRtBuildRows.All.Select(row => row.Name)];
    static readonly HashSet<string> PyTorchOnly = [.. TensorRtRows.PyTorch.Select(row => row.Name)];

    // These are lem's own ways to say an argument of another name.
    static readonly HashSet<string> Renamed = ["engine_path", "force_rebuild", "engine_cache_dir"];

    static readonly ExperimentConfig Plain = new(ConfigName: "a", ModelName: "org/model", Backend: Backend.Tensorrt, MaxInputTokens: 100, MaxOutputTokens: 28);

    [Theory]
    [InlineData("pytorch")]
    [InlineData("tensorrt")]
    public void Every_declared_parameter_arrives_where_it_belongs(string backend)
    {
        var refused = backend == "pytorch" ? BuiltOnly : PyTorchOnly;
        var section = EveryParameter.Of(TensorRtParameters.Table, Universe, row => !refused.Contains(row.Name));
        section["backend"] = backend;
        var config = Plain with { Tensorrt = (JsonObject)section.DeepClone() };

        var (command, options) = (Command(config), Options(config));

        FieldReader.Check(Universe.List("LlmArgs").Arguments, options, "", unknownIsRefused: true, backend);
        foreach (var row in TensorRtParameters.Table.Parameters.Where(row => row.Travel == Travel.Load && !refused.Contains(row.Name) && !Renamed.Contains(row.Name)))
            Assert.True(JsonNode.DeepEquals(section[row.Name], options[row.Name]), $"{row.Name}: {section[row.Name]?.ToJsonString()} became {options[row.Name]?.ToJsonString()}");
        Assert.Equal(backend, (string?)Flags(command)["backend"]);
        Assert.True((bool?)Flags(command)["trust_remote_code"]);
        Assert.Equal("2", command.Environment["NCCL_SECOND"]);
    }

    [Fact]
    public void The_two_backends_together_take_every_parameter() =>
        Assert.Empty(BuiltOnly.Intersect(PyTorchOnly));

    [Fact]
    public void What_the_experiment_says_arrives_too()
    {
        var config = Plain with { FpPrecision = Precision.Bfloat16, ModelRevision = "abc", Adapter = "/adapters/one", Gpus = [1] };

        var (command, options) = (Command(config), Options(config));

        Assert.Equal("org/model", (string?)Flags(command)[""]);
        Assert.Equal(("127.0.0.1", 8123), ((string?)Flags(command)["host"], (int?)Flags(command)["port"]));
        Assert.Equal("1", command.Environment["CUDA_VISIBLE_DEVICES"]);
        Assert.Equal(("bfloat16", "abc", 128), ((string?)options["dtype"], (string?)options["revision"], (int?)options["max_seq_len"]));
        Assert.Equal("""{"lora_dir":["/adapters/one"]}""", options["lora_config"]?.ToJsonString());
        Assert.Equal("""{"lora_name":"/adapters/one","lora_int_id":1,"lora_path":"/adapters/one"}""", ServerSettings.From(config, [], _ => null).Fields["lora_request"]?.ToJsonString());
    }

    [Fact]
    public void Blocks_are_not_reused_and_statistics_are_offered_unless_configured_otherwise()
    {
        var options = Options(Plain);

        Assert.False((bool?)options["kv_cache_config"]?["enable_block_reuse"]);
        Assert.Equal((true, true), ((bool?)options["enable_iter_perf_stats"], (bool?)options["return_perf_metrics"]));
        Assert.True(ServerSettings.From(Plain, [], _ => null).ReusesNothing);

        var reusing = Plain with { Tensorrt = new() { ["kv_cache_config"] = new JsonObject { ["enable_block_reuse"] = true } } };
        Assert.True((bool?)Options(reusing)["kv_cache_config"]?["enable_block_reuse"]);
        Assert.False(ServerSettings.From(reusing, [], _ => null).ReusesNothing);
    }

    [Fact]
    public void A_built_engine_is_served_in_place_of_the_model_with_the_models_tokenizer()
    {
        var flags = Flags(Command(Plain with { Tensorrt = new() { ["backend"] = "tensorrt", ["engine_path"] = "/engines/one" } }));

        Assert.Equal(("/engines/one", "org/model"), ((string?)flags[""], (string?)flags["tokenizer"]));
    }

    [Fact]
    public void Built_engines_are_kept_where_the_cache_is_and_built_anew_on_demand()
    {
        Assert.Equal("""{"cache_root":"/cache"}""", Options(Plain with { Tensorrt = new() { ["backend"] = "tensorrt", ["engine_cache_dir"] = "/cache" } })["enable_build_cache"]?.ToJsonString());
        Assert.False((bool?)Options(Plain with { Tensorrt = new() { ["backend"] = "tensorrt", ["engine_cache_dir"] = "/cache", ["force_rebuild"] = true } })["enable_build_cache"]);
    }

    [Fact]
    public void Cuda_graphs_are_turned_off_in_the_engines_own_way()
    {
        var options = Options(Plain with { Tensorrt = new() { ["cuda_graph_config"] = false } });

        Assert.True(options.TryGetPropertyValue("cuda_graph_config", out var none));
        Assert.Null(none);
    }

    [Fact]
    public void Small_numbers_stay_numbers_for_a_reader_of_yaml_1_1()
    {
        var text = Command(Plain with { Tensorrt = new() { ["extra"] = new JsonObject { ["a"] = 1e-5, ["b"] = new JsonArray(2.5e-7, 3, "1e-5") } } }).Arguments[3];

        Assert.Contains("\"a\":1.0E-05", text, StringComparison.Ordinal);
        Assert.Contains("[2.5E-07,3,\"1e-5\"]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"max_batch_sice": 8}""", "max_batch_sice: Extra inputs are not permitted")]
    [InlineData("""{"max_batch_size": "eight"}""", "max_batch_size: Input should be a valid integer")]
    [InlineData("""{"kv_cache_config": {"mamba_ssm_cache_dtype": "int3"}}""", "kv_cache_config.mamba_ssm_cache_dtype: Input should be 'auto'")]
    [InlineData("""{"quant_config": {"quant_algo": "FP8"}}""", "quant_config: Extra inputs are not permitted")]
    public void The_reader_refuses_what_the_engine_refuses(string options, string message)
    {
        var error = Assert.Throws<RefusedArgumentException>(() =>
            FieldReader.Check(Universe.List("LlmArgs").Arguments, JsonNode.Parse(options)!.AsObject(), "", unknownIsRefused: true, "pytorch")); // An object.

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max_batch_sice", "8", "No such option: --max_batch_sice")]
    [InlineData("--max_batch_size", "eight", "argument --max_batch_size: invalid int value")]
    [InlineData("--backend", "torch", "argument --backend: invalid choice: 'torch'")]
    public void The_parser_of_its_command_refuses_what_click_refuses(string flag, string value, string message)
    {
        var error = Assert.Throws<RefusedArgumentException>(() => new ClickReader(Universe.List("trtllm-serve")).Read(["org/model", flag, value]));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_options_are_in_a_file_where_the_program_runs_which_may_read_it_twice_and_leaves_nothing()
    {
        var command = Command(Plain);
        using var folder = new Lem.Tests.Core.Results.Storage.ScratchDirectory();
        // The real script, on a program that reads its last argument twice.
        List<string> words = [.. command.Arguments.Take(4), "sh", "-c", "for f; do :; done; cat \"$f\"; echo; cat \"$f\"; ls -A \"$TMPDIR\"", .. command.Arguments.Skip(4)];
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = folder.Path;
        using var process = Process.Start(start)!; // Null only with UseShellExecute.

        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal([command.Arguments[3], command.Arguments[3]], said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    static LaunchCommand Command(ExperimentConfig config) => ServerCommand.Of(config, 8123, "/");

    static JsonObject Options(ExperimentConfig config) => JsonNode.Parse(Command(config).Arguments[3])!.AsObject(); // The script's first argument.

    // The options' file is the script's own.
    static JsonObject Flags(LaunchCommand command) => new ClickReader(Universe.List("trtllm-serve")).Read([.. command.Arguments.Skip(5), "/dev/fd/3"]);
}

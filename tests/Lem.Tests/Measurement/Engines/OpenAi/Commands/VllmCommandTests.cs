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

/// <summary>Commands for vLLM are read as vLLM reads them: by a parser made of the recorded list of its own arguments.</summary>
public sealed class VllmCommandTests
{
    static readonly EngineUniverse Universe = EngineUniverse.Of(Backend.Vllm)!; // Recorded.
    static readonly ArgumentList Serve = Universe.List("vllm serve");

    static readonly ExperimentConfig Plain = new(ConfigName: "a", ModelName: "org/model", Backend: Backend.Vllm, MaxInputTokens: 100, MaxOutputTokens: 28);

    [Fact]
    public void Every_declared_parameter_arrives_where_it_belongs()
    {
        var section = EveryParameter.Of(VllmParameters.Table, Universe, _ => true);

        var read = Read(Plain with { Vllm = (JsonObject)section.DeepClone() });

        foreach (var row in VllmParameters.Table.Parameters.Where(row => row.Travel == Travel.Flag))
            Assert.True(JsonNode.DeepEquals(section[row.Name], read[row.Name]), $"{row.Name}: {section[row.Name]?.ToJsonString()} became {read[row.Name]?.ToJsonString()}");
        Assert.All(VllmParameters.Table.Parameters.Where(row => row.Travel == Travel.Body), row => Assert.True(!read.ContainsKey(row.Name) || row.Name == "n"));
    }

    [Fact]
    public void The_earliest_version_takes_all_but_what_is_newer()
    {
        bool IsThere(Parameter row) => row.Travel != Travel.Flag || Serve.Find(row.Name) is { Newer: false };
        var section = EveryParameter.Of(VllmParameters.Table, Universe, IsThere);

        var read = new ArgparseReader(Serve, earliest: true).Read(Words(Plain with { Vllm = section }));

        Assert.True(read.Count > 80);
        Assert.Throws<RefusedArgumentException>(() => new ArgparseReader(Serve, earliest: true).Read(Words(Plain with { Vllm = new() { ["watermark"] = 0.1 } })));
    }

    [Fact]
    public void What_the_experiment_says_arrives_too()
    {
        var config = Plain with { FpPrecision = Precision.Bfloat16, ModelRevision = "abc", RandomSeed = 7, Adapter = "org/lora", Gpus = [2, new(null, "GPU-1f")], Server = new(Host: "127.0.0.1") };

        var (command, read) = (Command(config), Read(config));

        Assert.Equal(["vllm", "serve", "org/model"], command.Arguments.Take(3));
        Assert.Equal(("127.0.0.1", 8123), ((string?)read["host"], (int?)read["port"]));
        Assert.Equal(("bfloat16", "abc", 7), ((string?)read["dtype"], (string?)read["revision"], (int?)read["seed"]));
        Assert.Equal("""["org/model"]""", read["served_model_name"]?.ToJsonString());
        Assert.Equal(128, (int?)read["max_model_len"]);
        Assert.True((bool?)read["enable_lora"]);
        Assert.Equal("""{"name":"org/lora","path":"org/lora"}""", (string?)read["lora_modules"]?[0]);
        Assert.Equal(("PCI_BUS_ID", "2,GPU-1f", "1"), (command.Environment["CUDA_DEVICE_ORDER"], command.Environment["CUDA_VISIBLE_DEVICES"], command.Environment["VLLM_SERVER_DEV_MODE"]));
        Assert.Equal("org/lora", ServerSettings.From(config, [], _ => null).ModelName);
    }

    [Fact]
    public void What_nobody_says_is_not_said_to_the_engine()
    {
        var read = Read(Plain);

        Assert.Equal(["generation_config", "host", "max_model_len", "port", "served_model_name"], read.Select(value => value.Key).Where(name => name.Length > 0).Order(StringComparer.Ordinal));
        Assert.False(Command(Plain).Environment.ContainsKey("CUDA_VISIBLE_DEVICES"));
    }

    [Fact]
    public void A_chat_template_has_room_because_no_length_is_derived() => Assert.False(Read(Plain with { Server = new(Endpoint: ServerEndpoint.ChatCompletions) }).ContainsKey("max_model_len"));

    [Fact]
    public void Variables_of_the_engine_arrive_in_its_environment()
    {
        var command = Command(Plain with { Vllm = new() { ["environment"] = new JsonObject { ["VLLM_USE_DEEP_GEMM"] = 0, ["NCCL_DEBUG"] = "INFO" } } });

        Assert.Equal(("0", "INFO"), (command.Environment["VLLM_USE_DEEP_GEMM"], command.Environment["NCCL_DEBUG"]));
    }

    [Fact]
    public void Extra_is_passed_on_as_it_stands_with_its_types()
    {
        var extra = new JsonObject
        {
            ["renderer-num-workers"] = 3,
            ["profiler_config"] = new JsonObject { ["profiler"] = new JsonObject { ["deep"] = new JsonArray(1, "two") } },
            ["skip_mm_profiling"] = true,
            ["use_tqdm_on_load"] = false,
            ["ignore_patterns"] = new JsonArray("a/*", "b"),
            ["video_pruning_rate"] = 0.5,
            ["otlp_traces_endpoint"] = "-odd",
        };

        var read = Read(Plain with { Vllm = new() { ["extra"] = extra.DeepClone() } });

        foreach (var (name, value) in extra)
            Assert.True(JsonNode.DeepEquals(value, read[name.Replace('-', '_')]), name);
    }

    [Theory]
    [InlineData("--max-num-sequences", "8", "unrecognized arguments: --max-num-sequences")]
    [InlineData("--max-num-seqs", "many", "argument --max-num-seqs: invalid int value: 'many'")]
    [InlineData("--kv-cache-dtype", "fp7", "argument --kv-cache-dtype: invalid choice: 'fp7'")]
    [InlineData("--no-max-num-seqs", "8", "unrecognized arguments: --no-max-num-seqs")]
    [InlineData("--enforce-eager=true", "x", "argument --enforce-eager: ignored explicit argument 'true'")]
    [InlineData("--speculative-config", """{"metod": "ngram"}""", "argument --speculative-config: metod: Extra inputs are not permitted")]
    [InlineData("--speculative-config", """{"num_speculative_tokens": "five"}""", "argument --speculative-config: num_speculative_tokens: Input should be a valid integer")]
    public void The_parser_refuses_what_vllm_refuses(string flag, string value, string message)
    {
        var error = Assert.Throws<RefusedArgumentException>(() => new ArgparseReader(Serve).Read([.. Words(Plain), flag, value]));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    static LaunchCommand Command(ExperimentConfig config) => ServerCommand.Of(config, 8123, "/");

    static IReadOnlyList<string> Words(ExperimentConfig config) => [.. Command(config).Arguments.Skip(2)];

    static JsonObject Read(ExperimentConfig config) => new ArgparseReader(Serve).Read(Words(config));
}

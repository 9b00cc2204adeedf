using Lem.Cli;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Presets;
using Lem.Measurement.Load.Prompts;
using Xunit;

namespace Lem.Tests.Cli;

/// <summary><c>lem presets</c>, <c>lem params</c>, <c>lem datasets</c>.</summary>
public sealed class ListingTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Presets_are_listed_with_what_they_are_for()
    {
        var lines = await _folder.LinesAsync("presets");

        Assert.Equal(PresetLibrary.Names, lines.Skip(1).Select(line => line.Split(' ')[0]));
        Assert.EndsWith(PresetLibrary.Description("benchmark"), lines.Single(line => line.StartsWith("benchmark", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_preset_is_printed_as_it_is()
    {
        Assert.Equal(PresetLibrary.Text("benchmark").TrimEnd(), string.Join('\n', await _folder.LinesAsync("presets", "benchmark")));
        Assert.Equal(ExitCode.UserMistake, (await _folder.RunAsync("presets", "fast")).Code);
    }

    [Fact]
    public async Task A_parameter_has_its_type_default_range_way_and_effect()
    {
        var lines = await _folder.LinesAsync("params", "llamacpp");

        string[] Cells(string name) => Assert.Single(lines, line => line.Contains($" {name} ", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["*", "n_ubatch", "integer", "512", "[1, ∞)", "load", "Most tokens computed at once within a decode call"], Cells("n_ubatch"));
        Assert.Equal(["*", "flash_attn", "auto|on|off", "auto", "–", "load", "Fused attention kernels"], Cells("flash_attn"));
        Assert.Equal("check_tensors", Cells("check_tensors")[0]);
        Assert.Equal("choice", Cells("type_k")[2]);
        Assert.EndsWith("iq4_nl, q5_0 or q5_1", Cells("type_k")[^1], StringComparison.Ordinal);
        Assert.Equal(["*", "lora.path", "text"], Cells("lora.path")[..3]);
    }

    [Fact]
    public async Task As_json_every_parameter_of_every_engine_is_there()
    {
        var rows = (await _folder.JsonAsync("params")).AsArray();

        Assert.Equal(ParameterTables.All.Sum(table => table.Parameters.Sum(Rows)), rows.Count);
        var share = rows.Single(row => (string?)row!["path"] == "vllm.gpu_memory_utilization")!;
        Assert.Equal(("(0, 1]", true, "flag"), ((string?)share["range"], (bool)share["relevant"]!, (string?)share["travels"]));
        Assert.NotEqual("", (string?)share["reason"]);

        static int Rows(Parameter parameter) => 1 + parameter.Fields.Sum(Rows);
    }

    [Fact]
    public async Task An_unknown_engine_is_the_users_mistake() =>
        Assert.Equal(ExitCode.UserMistake, (await _folder.RunAsync("params", "onnx")).Code);

    [Fact]
    public async Task Data_sets_say_what_they_are_and_what_is_kept_of_them()
    {
        var rows = (await _folder.JsonAsync("datasets")).AsArray();

        Assert.Equal(["builtin:starter", "ai-energy-score", "alpaca", "sharegpt", "gsm8k", "mmlu"], rows.Select(row => (string?)row!["name"]));
        Assert.Equal(100, (int)rows[0]!["prompts"]!);
        var mmlu = rows[^1]!;
        Assert.Equal(
            ("huggingface.co/datasets/cais/mmlu", "all", "test", "question", "fetched when first used"),
            ((string?)mmlu["source"], (string?)mmlu["subset"], (string?)mmlu["split"], (string?)mmlu["column"], (string?)mmlu["note"]));
        Assert.Null(mmlu["prompts"]);
        Assert.Contains(await _folder.LinesAsync("datasets"), line => line.StartsWith("mmlu ", StringComparison.Ordinal) && line.Contains("all/test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_prompts_that_ship_with_lem_can_be_looked_at()
    {
        var look = await _folder.JsonAsync("datasets", "builtin:starter", "-n", "2");

        Assert.Equal(StarterPrompts.Read().Take(2).Select(prompt => prompt.Text), look["prompts"]!.AsArray().Select(text => (string)text!));
    }
}

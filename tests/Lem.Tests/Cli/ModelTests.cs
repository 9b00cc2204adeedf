using System.Text.Json.Nodes;
using Lem.Cli;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Xunit;

namespace Lem.Tests.Cli;

/// <summary><c>lem model create</c> and <c>lem model show</c>.</summary>
public sealed class ModelTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>tiny by hand: 4 layers, hidden 128, 4 heads and 2 for keys and values of 32, gated feed-forward 448, vocabulary 512, head of its own.</summary>
    [Fact]
    public async Task The_figures_of_a_shape_are_those_of_its_formulas()
    {
        const int LayerWeights = 128 * 128 + 2 * 128 * 64 + 128 * 128 + 3 * 128 * 448;
        const int Norms = 4 * 2 * 128 + 128;

        var card = await _folder.JsonAsync("model", "show", "synthetic:tiny", "--context", "1000");

        Assert.Equal(2.0 * 4 * LayerWeights, (double)card["flop_per_token_linear"]!);
        Assert.Equal(2.0 * 128 * 512, (double)card["flop_per_token_head"]!);
        Assert.Equal(4.0 * 128 * 4, (double)card["flop_per_token_pair_attention"]!);
        Assert.Equal(4 * 2 * 64 * 2, (int)card["kv_bytes_per_token_f16"]!);
        Assert.Equal(4 * LayerWeights + Norms + 2 * 128 * 512, (long)card["parameters"]!);
        Assert.Equal((long)card["file_bytes"]! + 1000 * 1024, (long)card["memory_bytes"]!);
        Assert.Equal(Norms, (long)card["weight_types"]!["f32"]!);
    }

    [Fact]
    public async Task Showing_a_shape_makes_nothing_and_agrees_with_the_file_made_from_it()
    {
        var shape = await _folder.JsonAsync("model", "show", "synthetic:tiny?dtype=bf16");
        Assert.False(Directory.Exists(Path.Combine(_folder.Home, ".cache")));

        await _folder.LinesAsync("model", "create", "synthetic:tiny?dtype=bf16", "-o", "m.gguf");
        var file = await _folder.JsonAsync("model", "show", "m.gguf");

        Assert.Equal(new FileInfo(_folder["m.gguf"]).Length, (long)file["file_bytes"]!);
        shape.AsObject().Remove("model");
        file.AsObject().Remove("model");
        Assert.True(JsonNode.DeepEquals(shape, file));
    }

    [Fact]
    public async Task The_card_is_read_at_a_glance()
    {
        var lines = await _folder.LinesAsync("model", "show", "synthetic:smollm2-135m");

        Assert.Equal("model         synthetic:smollm2-135m (dummy weights)", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("architecture  llama: 30 layers, hidden 576, vocabulary 49,152 (head tied", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("parameters    135 M (134,515,008), ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_is_made_once_into_the_cache_and_its_path_is_the_answer()
    {
        _folder.Variables["XDG_CACHE_HOME"] = _folder["cache"];

        var path = Assert.Single(await _folder.LinesAsync("model", "create", "synthetic:tiny"));
        var again = Assert.Single(await _folder.LinesAsync("model", "create", "synthetic:tiny", "--force"));

        Assert.Equal(path, again);
        Assert.StartsWith(_folder["cache"], path, StringComparison.Ordinal);
        Assert.Equal("llama", GgufReader.Read(path).Architecture);
    }

    [Fact]
    public async Task An_existing_file_is_written_over_only_by_force()
    {
        _folder.Write("m.gguf", "mine");

        var (code, _, messages) = await _folder.RunAsync("model", "create", "synthetic:tiny", "-o", "m.gguf");
        Assert.Equal((ExitCode.UserMistake, "mine"), (code, _folder.Read("m.gguf")));
        Assert.Contains("--force", messages, StringComparison.Ordinal);

        await _folder.LinesAsync("model", "create", "synthetic:tiny", "-o", "m.gguf", "--force");
        Assert.Equal("llama", GgufReader.Read(_folder["m.gguf"]).Architecture);
        Assert.Equal(["m.gguf"], Directory.GetFiles(_folder.Work).Select(file => Path.GetFileName(file)));
    }

    [Theory]
    [InlineData("create", "synthetic:tinny", "did you mean `tiny`?")]
    [InlineData("create", "synthetic:llama?layers=2", "hidden is missing")]
    [InlineData("show", "synthetic:tinny", "did you mean `tiny`?")]
    [InlineData("show", "nowhere.gguf", "there is no such file")]
    [InlineData("show", "org/model", "there is no such file")]
    public async Task A_wrong_model_is_the_users_mistake(string command, string model, string message)
    {
        var (code, answer, messages) = await _folder.RunAsync("model", command, model);

        Assert.Equal((ExitCode.UserMistake, ""), (code, answer));
        Assert.Contains(message, messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_told_with_exit_code_3()
    {
        _folder.Write("m.gguf", "GGUF and nothing");

        var (code, _, messages) = await _folder.RunAsync("model", "show", "m.gguf");

        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("m.gguf", messages, StringComparison.Ordinal);
    }
}

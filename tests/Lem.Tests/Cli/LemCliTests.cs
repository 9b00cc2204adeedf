using Lem.Cli;
using Lem.Core.Configuration;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class LemCliTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lem-cli").FullName;
    readonly StringWriter _out = new();
    readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Two_typos_are_two_errors_with_place_and_suggestion()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "my.yaml"), "config_name: a\nmodel_name: synthetic:tiny\nbatching:\n  batch_szie: 2\nmax_output_tokns: 3\n", TestContext.Current.CancellationToken);

        var code = await RunAsync("experiment", "my.yaml", "--dry-run");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("my.yaml:4:3", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("batch_size", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("my.yaml:5:1", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("max_output_tokens", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_out.ToString());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_run_and_writes_nothing()
    {
        var code = await RunAsync("experiment", "--dry-run", "-n", "5");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("5 prompts of builtin:starter", _out.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("-m synthetic:tiny -b 4", "batches of 4")]
    [InlineData("-m synthetic:tiny --concurrency 4", "closed loop of 4 users")]
    [InlineData("-m m --url http://127.0.0.1:9 -b 4", "closed loop of 4 users")]
    [InlineData("-m m --url http://127.0.0.1:9 --rate 2.5", "poisson arrivals, 2.5/s")]
    [InlineData("-m m --url http://127.0.0.1:9 --rate 4 --burstiness 0.5 --set traffic_simulation.max_concurrency=8", "gamma arrivals, 4/s, at most 8 in flight")]
    [InlineData("plain.yaml", "all at once")]
    public async Task A_dry_run_says_when_requests_would_go_out(string arguments, string words)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "plain.yaml"), "config_name: a\nmodel_name: m\nserver: {url: \"http://127.0.0.1:9\"}\ndataset: {name: \"builtin:starter\"}\n", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Success, await RunAsync(["experiment", .. arguments.Split(' '), "--dry-run"]));

        Assert.Contains($", {words}, at most", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_ends_with_3_and_a_way_out()
    {
        Assert.Equal(ExitCode.MachineLacks, await RunAsync("experiment", "--model", "gpt2", "--dry-run"));
        Assert.Contains("→", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_option_is_no_file_name()
    {
        Assert.Equal(ExitCode.UserMistake, await RunAsync("experiment", "--no-such-option"));
        Assert.Contains("--no-such-option: there is no such option", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_file_of_ones_own_may_be_shorter_than_the_presets_count()
    {
        await File.WriteAllLinesAsync(Path.Combine(_folder, "mine.txt"), ["one", "two", "three"], TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Success, await RunAsync("experiment", "-p", "mine.txt", "--dry-run"));
        Assert.Contains("3 prompts of mine.txt", _out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosuch.gguf", 3, "no such file")]
    [InlineData("synthetic:nope", 2, "'nope'")]
    [InlineData("synthetic:tiny?dtype=q9", 2, "dtype")]
    public async Task A_model_that_cannot_be_loaded_is_refused_before_anything_is_planned(string model, int code, string told)
    {
        Assert.Equal(code, (int)await RunAsync("experiment", "-m", model, "--dry-run"));
        Assert.Contains(told, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_batch_beyond_the_engines_limit_is_refused_with_the_limit()
    {
        Assert.Equal(ExitCode.UserMistake, await RunAsync("experiment", "-b", "1000", "--dry-run"));
        Assert.Contains("must be 1 to 256", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_out_of_range_is_told_beside_a_typo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "my.yaml"), "config_name: a\nmodel_name: synthetic:tiny\nnum_input_prompts: -3\nbatching:\n  batch_szie: 2\n", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.UserMistake, await RunAsync("experiment", "my.yaml", "--dry-run"));
        Assert.Contains("my.yaml:3:", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("my.yaml:5:3", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_of_digits_leaves_json_whole()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("experiment", "--dry-run", "--json", "--seed", "123456"));

        Assert.Equal(123456, System.Text.Json.Nodes.JsonNode.Parse(_out.ToString())?["random_seed"]?.GetValue<int>());
    }

    [Fact]
    public async Task An_unknown_command_ends_with_2() =>
        Assert.Equal(ExitCode.UserMistake, await RunAsync("experimnt"));

    [Fact]
    public async Task A_value_that_is_no_number_is_named_by_its_key()
    {
        Assert.Equal(ExitCode.UserMistake, await RunAsync("experiment", "--max-tokens", "many", "--dry-run"));
        Assert.Contains("max_output_tokens", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_a_file_names_needs_consent()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "my.yaml"), "config_name: a\nmodel_name: synthetic:tiny\ndataset: builtin:starter\npython: {interpreter: /tmp/evil}\n", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.UserMistake, await RunAsync("experiment", "my.yaml", "--dry-run"));
        Assert.Contains("/tmp/evil", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, await RunAsync("experiment", "my.yaml", "--dry-run", "--yes"));
    }

    Task<ExitCode> RunAsync(params string[] args) => LemCli.RunAsync(
        args,
        new CliHost(_out, _error, IsTerminal: false, new ConfigEnvironment(_folder, _folder, new Dictionary<string, string> { ["MY_TOKEN"] = "123456" }), AppContext.BaseDirectory, new ManualClock()));
}

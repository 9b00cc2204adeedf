using Lem.Cli;
using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ConfigShowTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public ConfigShowTests() => _folder.Write("a.yaml", "config_name: a\nmodel_name: synthetic:tiny\nmax_output_tokens: 7\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_effective_configuration_loads_again_to_the_same()
    {
        var lines = await _folder.LinesAsync("config", "show", "a.yaml", "--set", "batch_size=4");
        _folder.Write("again.yaml", string.Join('\n', lines));

        var again = new ConfigLoader(new(_folder.Work, _folder.Home, _folder.Variables)).Load(new("again.yaml"));

        Assert.Equal((7, 4), (again.Config.MaxOutputTokens, again.Config.Batching.BatchSize));
        Assert.Equal($"# configuration {again.ConfigHash}", lines[0]);
    }

    [Fact]
    public async Task Provenance_tells_the_source_of_each_key()
    {
        var lines = await _folder.LinesAsync("config", "show", "a.yaml", "--preset", "benchmark", "--set", "batch_size=4", "--provenance");

        string[] Cells(string key) => Assert.Single(lines, line => line.StartsWith($"{key} ", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["max_output_tokens", "7", "file:a.yaml", "line 3, column 20"], Cells("max_output_tokens"));
        Assert.Equal(["max_input_tokens", "2048", "preset:benchmark"], Cells("max_input_tokens")[..3]);
        Assert.Equal(["batching.batch_size", "4", "cli", "--set"], Cells("batching.batch_size"));
        Assert.Equal(["num_cycles", "1", "default"], Cells("num_cycles"));
    }

    [Fact]
    public async Task As_json_provenance_keeps_the_types()
    {
        var shown = await _folder.JsonAsync("config", "show", "a.yaml", "--provenance");

        var entry = shown["provenance"]!.AsArray().Single(one => (string?)one!["path"] == "max_output_tokens")!;
        Assert.Equal((7, "file:a.yaml"), ((int)entry["value"]!, (string?)entry["source"]));
        Assert.Equal(64, ((string?)shown["config_hash"])!.Length);
    }

    [Fact]
    public async Task With_nothing_named_it_shows_what_lem_experiment_would_run() =>
        Assert.Equal(("quick-test", 5), await NothingNamedAsync());

    [Fact]
    public async Task A_campaign_is_shown_without_provenance()
    {
        _folder.Write("c.yaml", "campaign_name: c\nbase_config: { model_name: synthetic:tiny }\nvary: { batch_size: [1, 2] }\n");

        var shown = await _folder.JsonAsync("config", "show", "c.yaml");
        var (code, _, messages) = await _folder.RunAsync("config", "show", "c.yaml", "--provenance");

        Assert.Equal("[1,2]", shown["vary"]!["batching.batch_size"]!.ToJsonString());
        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("experiments only", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_file_is_told_with_its_places_and_nothing_is_answered()
    {
        _folder.Write("b.yaml", "config_name: b\nmodel_name: synthetic:tiny\nstreeming: true\n");

        var (code, answer, messages) = await _folder.RunAsync("config", "show", "b.yaml");

        Assert.Equal((ExitCode.UserMistake, ""), (code, answer));
        Assert.Contains("b.yaml:3:1: streeming: unknown; did you mean `streaming`?", messages, StringComparison.Ordinal);
    }

    async Task<(string?, int)> NothingNamedAsync()
    {
        var shown = await _folder.JsonAsync("config", "show");
        return ((string?)shown["config_name"], (int)(double)shown["baseline"]!["duration_sec"]!);
    }
}

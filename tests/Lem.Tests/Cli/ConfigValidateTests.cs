using System.Text.Json.Nodes;
using Lem.Cli;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ConfigValidateTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_right_file_is_told_in_a_line()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: synthetic:tiny\n");

        Assert.Equal(["a.yaml: ok: experiment a: synthetic:tiny on llamacpp"], await _folder.LinesAsync("config", "validate", "a.yaml"));
    }

    [Fact]
    public async Task All_problems_of_all_files_are_told_at_once_with_their_places()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: synthetic:tiny\nmax_otput_tokens: 5\ndecoder: { temprature: 1 }\n");
        _folder.Write("b.yaml", "config_name: b\nmodel_name: synthetic:tiny\nmax_output_tokens: 0\n");

        var (code, answer, messages) = await _folder.RunAsync("config", "validate", "a.yaml", "b.yaml", "missing.yaml");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Equal("", messages);
        Assert.Equal(
            [
                "a.yaml:3:1: max_otput_tokens: unknown; did you mean `max_output_tokens`?",
                "a.yaml:4:12: decoder.temprature: unknown; did you mean `decoder.temperature`?",
                "b.yaml:3:20: max_output_tokens: must be 1 or more, but is 0",
                "missing.yaml: does not exist",
            ],
            answer.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_folder_is_no_file_and_has_no_lines()
    {
        Directory.CreateDirectory(_folder["configs"]);

        var (code, answer, _) = await _folder.RunAsync("config", "validate", "configs");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Equal("configs: is a folder, not a file\n", answer);
    }

    [Fact]
    public async Task A_warning_is_told_and_the_file_is_right()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: synthetic:tiny\nmax_output_tokens: 4096\n");

        var lines = await _folder.LinesAsync("config", "validate", "a.yaml");

        Assert.StartsWith("a.yaml:3:20: warning: max_output_tokens: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("a.yaml: ok: ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cells_of_a_campaign_are_counted()
    {
        _folder.Write("c.yaml", """
            campaign_name: c
            base_config: { model_name: org/a, fp_precision: float32 }
            vary: { backend: [pytorch, tensorrt], batching.batch_size: [1, 2] }
            exclude: [ { backend: pytorch, batch_size: 2 } ]
            """);

        var lines = await _folder.LinesAsync("config", "validate", "c.yaml");

        Assert.Equal("c.yaml: ok: campaign c: 1 cell (1 excluded, 2 invalid)", lines[^1]);
        Assert.Contains(lines, line => line.Contains("warning: fp_precision: ", StringComparison.Ordinal) && line.Contains("cell c_tensorrt_1, will not run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_a_campaign_names_must_be_right()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: synthetic:tiny\n");
        _folder.Write("c.yaml", "campaign_name: c\nconfigs: [a.yaml, nowhere.yaml]\n");

        var (code, answer, _) = await _folder.RunAsync("config", "validate", "c.yaml");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Equal("nowhere.yaml: does not exist (cell nowhere)\n", answer);
    }

    [Fact]
    public async Task As_json_each_file_has_its_verdict()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: synthetic:tiny\n");
        _folder.Write("b.yaml", "config_name: b\nmodel_name: synthetic:tiny\nstreeming: true\n");

        var (code, answer, _) = await _folder.RunAsync("config", "validate", "a.yaml", "b.yaml", "--json");

        var verdicts = JsonNode.Parse(answer)!.AsArray();
        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Equal([true, false], verdicts.Select(verdict => (bool)verdict!["valid"]!));
        Assert.Equal(("streeming", 3), ((string?)verdicts[1]!["problems"]![0]!["path"], (int)verdicts[1]!["problems"]![0]!["line"]!));
    }

    [Fact]
    public async Task A_mistake_in_the_arguments_names_the_command()
    {
        var (code, _, messages) = await _folder.RunAsync("config", "validate");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("lem config validate --help", messages, StringComparison.Ordinal);
    }
}

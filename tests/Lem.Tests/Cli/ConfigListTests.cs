using Lem.Cli;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ConfigListTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Experiments_and_campaigns_are_listed_and_other_files_are_not()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: synthetic:tiny\n");
        _folder.Write("sub/b.json", """{ "config_name": "b", "model_name": "org/b", "backend": "vllm", "streeming": true }""");
        _folder.Write("sub/c.yml", "campaign_name: c\nbase_config: { model_name: org/a }\nvary: { backend: [pytorch, vllm] }\n");
        _folder.Write("compose.yaml", "services: {}\n");
        _folder.Write("broken.yaml", "{");
        _folder.Write("package.json", "[1]");
        _folder.Write("results/raw/config.json", """{ "config_name": "a", "model_name": "org/a" }""");
        _folder.Write(".hidden/d.yaml", "config_name: d\nmodel_name: synthetic:tiny\n");

        var lines = await _folder.LinesAsync("config", "list");

        Assert.Equal(
            [
                ["FILE", "KIND", "NAME", "MODEL", "BACKEND", "VALID"],
                ["a.yaml", "experiment", "a", "synthetic:tiny", "llamacpp", "yes"],
                ["sub/b.json", "experiment", "–", "–", "–", "no: sub/b.json:1:65: streeming: unknown; did you mean `streaming`?"],
                ["sub/c.yml", "campaign", "c", "org/a", "2 different", "yes"],
            ],
            lines.Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    [Fact]
    public async Task A_folder_without_configurations_answers_nothing()
    {
        var (code, answer, messages) = await _folder.RunAsync("config", "list");

        Assert.Equal((ExitCode.Success, ""), (code, answer));
        Assert.Contains("lem config new", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_the_users_mistake() =>
        Assert.Equal(ExitCode.UserMistake, (await _folder.RunAsync("config", "list", "nowhere")).Code);
}

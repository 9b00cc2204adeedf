using System.Runtime.Versioning;
using Lem.Cli;
using Lem.Cli.Experiments;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Launching.Containers;
using Lem.Tests.Core.Results.Storage;
using Lem.Tests.Measurement.Launching.Containers;
using Xunit;

namespace Lem.Tests.Cli.Experiments;

[SupportedOSPlatform("linux")]
public sealed class EnginePlacementTests : IDisposable
{
    static readonly ExperimentConfig Config = new(
        ConfigName: "t", ModelName: "m", Backend: Backend.Vllm, Server: new(Command: ["vllm", "serve", "m"]), Docker: new(ComposeFile: "compose.yaml"));

    readonly ScratchDirectory _folder = new();
    readonly FakeDocker _docker = new();

    public EnginePlacementTests() => File.WriteAllText(_folder["compose.yaml"], "services: {}");

    public void Dispose()
    {
        _folder.Dispose();
        _docker.Dispose();
    }

    [Fact]
    public async Task A_program_that_is_here_runs_here()
    {
        AddProgram("vllm");

        Assert.Null(await FindAsync(Config));
        Assert.Empty(_docker.Calls);
    }

    [Fact]
    public async Task A_program_that_is_not_here_runs_in_the_service_of_its_name()
    {
        var place = await FindAsync(Config);

        Assert.Equal((_folder["compose.yaml"], "vllm"), (place?.Service.File, place?.Service.Service));
    }

    [Fact]
    public async Task Settings_of_a_container_that_is_not_used_are_told()
    {
        AddProgram("vllm");

        Assert.Contains("docker.* is not read", EnginePlacement.Unread(Config, await FindAsync(Config)), StringComparison.Ordinal);
        Assert.Null(EnginePlacement.Unread(Config with { Docker = new() }, place: null));
        Assert.Null(EnginePlacement.Unread(Config, await FindAsync(Config with { Runner = Runner.Docker })));
    }

    [Fact]
    public async Task It_runs_in_a_container_where_that_is_asked_for_even_if_it_is_here()
    {
        AddProgram("vllm");

        Assert.NotNull(await FindAsync(Config with { Runner = Runner.Docker }));
    }

    [Fact]
    public async Task Where_it_can_run_nowhere_both_fixes_are_told()
    {
        var error = await Assert.ThrowsAsync<LemException>(() => FindAsync(Config, path: _folder.Path));

        Assert.Equal("there is no program vllm; and it cannot run in a container: docker is not found", error.Message);
        Assert.Contains("install it, activate its environment, or give its whole path", error.Hint, StringComparison.Ordinal);
        Assert.Contains("Install Docker Engine", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_by_its_parameters_has_no_command_that_could_be_corrected()
    {
        var error = await Assert.ThrowsAsync<LemException>(() => FindAsync(Config with { Server = new() }, path: _folder.Path));

        Assert.Contains("vllm is not installed here", error.Message, StringComparison.Ordinal);
        Assert.Contains("docker is not found", error.Message, StringComparison.Ordinal);
        Assert.All((string[])["pip install vllm", "--url", "Install Docker Engine"], way => Assert.Contains(way, error.Hint, StringComparison.Ordinal));
        Assert.DoesNotContain("whole path", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_no_compose_file_of_lems_knows_is_only_told_to_be_missing()
    {
        var config = Config with { Backend = Backend.Openai, Server = new(Command: ["llama-server"]), Docker = new() };

        var error = await Assert.ThrowsAsync<LemException>(() => FindAsync(config));

        Assert.Equal("there is no program llama-server", error.Message);
        Assert.DoesNotContain("ocker", error.Hint, StringComparison.Ordinal);
        Assert.Empty(_docker.Calls);
    }

    [Fact]
    public async Task A_file_that_cannot_be_executed_is_no_program()
    {
        File.WriteAllText(_folder["srv"], "");

        var config = Config with { Runner = Runner.Local, Server = new(Command: ["./srv"]) };
        var error = await Assert.ThrowsAsync<LemException>(() => FindAsync(config));
        AddProgram("srv");

        Assert.Contains("executable", error.Hint, StringComparison.Ordinal);
        Assert.Null(await FindAsync(config));
    }

    [Fact]
    public async Task A_server_that_is_up_is_in_nobodys_container() =>
        Assert.Null(await FindAsync(Config with { Runner = Runner.Docker, Server = new(Url: "http://127.0.0.1:8000") }));

    [Fact]
    public async Task The_compose_file_that_comes_with_lem_lies_beside_it()
    {
        _docker.Set("config.json", """{"services": {}}""");

        var error = await Assert.ThrowsAsync<LemException>(() => FindAsync(Config with { Docker = new(), Runner = Runner.Docker }));

        Assert.StartsWith(Path.Combine(AppContext.BaseDirectory, "docker", "compose.yaml"), error.Message, StringComparison.Ordinal);
        Assert.Contains("has no service vllm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_docker_an_experiment_in_a_container_ends_with_3()
    {
        using var folder = new CommandFolder();
        folder.Variables["PATH"] = "/nowhere";
        folder.Write("e.yaml", "config_name: t\nmodel_name: m\nbackend: openai\nrunner: docker\ndocker: {service: llama}\nserver: {command: [llama-server]}\ndataset: builtin:starter\n");

        var (code, _, error) = await folder.RunAsync("experiment", "e.yaml", "--yes");

        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("docker is not found", error, StringComparison.Ordinal);
        Assert.Contains("docs/deployment.md", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compose_file_that_a_configuration_names_needs_consent()
    {
        using var folder = new CommandFolder();
        folder.Write("e.yaml", "config_name: t\nmodel_name: m\nbackend: openai\nrunner: docker\ndocker: {compose_file: c.yaml, service: llama}\nserver: {command: [llama-server]}\n");

        var (code, _, error) = await folder.RunAsync("experiment", "e.yaml");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("starts containers of c.yaml; look at it, then allow it with --yes", error, StringComparison.Ordinal);
    }

    void AddProgram(string name)
    {
        File.WriteAllText(_folder[name], "");
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    Task<ContainerPlace?> FindAsync(ExperimentConfig config, string? path = null)
    {
        var variables = new Dictionary<string, string> { ["PATH"] = path ?? $"{_folder.Path}:{Path.GetDirectoryName(_docker.Program.Path)}" };
        var host = new CliHost(TextWriter.Null, TextWriter.Null, IsTerminal: false, new(_folder.Path, _folder.Path, variables), AppContext.BaseDirectory, TimeProvider.System);
        return new EnginePlacement(host).FindAsync(config, _folder.Path, TestContext.Current.CancellationToken);
    }
}

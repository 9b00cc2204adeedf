using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Lem.IntegrationTests.RealParts;
using Lem.IntegrationTests.Serving;
using Xunit;

namespace Lem.IntegrationTests.Containers;

/// <summary>Debian's llama-server in a container of a real Docker Engine, brought up, measured and ended by lem.</summary>
[Collection(LlamaServers.Collection)]
public sealed class ContainerExperimentTests : IAsyncLifetime
{
    const int Requests = 6;
    const int Tokens = 48;
    const string Token = "hf_planted0123456789";

    readonly DockerEngine _docker = DockerEngine.Require();
    readonly LemProcess _lem = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string ComposeFile => Path.Combine(_lem.Folder, "compose.yaml");

    string RunFolder => Path.Combine(_lem.Results, "run");

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in _docker.Variables)
            _lem.Variables[name] = value;
        _lem.Variables["HF_TOKEN"] = Token;
        await WriteComposeAsync(DockerEngine.Image);
        var (code, _, error) = await _lem.RunAsync(Cancel, "model", "create", "synthetic:15m", "-o", "m.gguf");
        Assert.True(code == 0, error);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in await ContainersAsync("-a"))
            await _docker.AskAsync(CancellationToken.None, "rm", "-f", container);
        _lem.Dispose();
    }

    [Fact]
    public async Task It_counts_what_lem_counts_and_nothing_is_left()
    {
        // The model lies on this machine, beside the configuration, and is named as it is there.
        await WriteConfigAsync("num_cycles: 2", Server("m.gguf"));

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 0, error);
        var run = MeasuredRun.Of(_lem.Results);
        Assert.Equal(2, run.Results.Count);
        var image = await _docker.AskAsync(Cancel, "image", "inspect", "--format", "{{.Id}}", DockerEngine.Image);
        foreach (var result in run.Results)
        {
            Assert.Equal(Requests * Tokens, MeasuredRun.Number(result["inference_metrics"]?["output_tokens"]));
            Assert.Equal(Requests * Tokens, MeasuredRun.Number(MeasuredRun.Statistics(result)?["generated_tokens"]));
            Assert.Equal(image, result["image_digest"]?.ToString());
        }

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_Ctrl_C_nothing_is_left()
    {
        await WriteConfigAsync("num_input_prompts: 200", Server("m.gguf"));
        var lem = await StartAndWaitForAnswersAsync();

        LemProcess.Interrupt(lem);
        var (code, _, error) = await LemProcess.EndAsync(lem, Cancel);

        Assert.True(code == 130, error);
        Assert.Contains("lem resume", error, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_kill_9_the_engine_ends_by_itself_and_the_next_lem_ends_the_container()
    {
        await WriteConfigAsync("num_input_prompts: 200", Server("m.gguf"));
        var lem = await StartAndWaitForAnswersAsync();
        lem.Kill();
        await lem.WaitForExitAsync(Cancel);

        var container = Assert.Single(await ContainersAsync());
        await EngineEndsAsync(container);
        var (code, _, error) = await _lem.RunAsync(Cancel, "results", "list");

        Assert.True(code == 0, error);
        Assert.Contains("ended the containers of lem-engine-", error, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_service_that_somebody_keeps_up_is_used_and_left_up()
    {
        await WriteComposeAsync(DockerEngine.Image, $"volumes: ['{Path.Combine(_lem.Folder, "m.gguf")}:/models/m.gguf:ro']");
        await WriteConfigAsync(Server("/models/m.gguf"));
        await _docker.AskAsync(Cancel, "compose", "-f", ComposeFile, "up", "-d", "llama");
        var container = Assert.Single(await ContainersAsync());

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 0, error);
        Assert.Equal(container, Assert.Single(await ContainersAsync()));
        await EngineEndsAsync(container);
        Assert.Equal("", await _docker.AskAsync(Cancel, "exec", container, "sh", "-c", "ls /tmp"));
        Assert.Empty(Directory.EnumerateFiles(RunFolder));
    }

    [Fact]
    public async Task After_kill_9_a_service_that_somebody_keeps_up_is_left_up_and_empty()
    {
        await WriteComposeAsync(DockerEngine.Image, $"volumes: ['{Path.Combine(_lem.Folder, "m.gguf")}:/models/m.gguf:ro']");
        await WriteConfigAsync("num_input_prompts: 200", Server("/models/m.gguf"));
        await _docker.AskAsync(Cancel, "compose", "-f", ComposeFile, "up", "-d", "llama");
        var container = Assert.Single(await ContainersAsync());
        var lem = await StartAndWaitForAnswersAsync();
        lem.Kill();
        await lem.WaitForExitAsync(Cancel);

        var (code, _, error) = await _lem.RunAsync(Cancel, "resume", "--list");

        Assert.True(code == 0, error);
        Assert.Contains("left in the service llama", error, StringComparison.Ordinal);
        Assert.Equal(container, Assert.Single(await ContainersAsync()));
        await EngineEndsAsync(container);
    }

    [Fact]
    public async Task A_server_that_does_not_start_in_there_is_explained_by_its_own_words()
    {
        await WriteConfigAsync(Server("/nowhere.gguf"));

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 3, error);
        Assert.Contains("llama-server ended before it answered with exit code 1", error, StringComparison.Ordinal);
        Assert.Contains("/nowhere.gguf", error, StringComparison.Ordinal);
        Assert.Contains("Check the path as the server sees it", error, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_program_that_the_container_has_not_is_named()
    {
        await WriteConfigAsync("server: {command: [no-such-server]}");

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 3, error);
        Assert.Contains("there is no such program where it runs", error, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task The_hubs_token_comes_as_a_file_that_only_its_user_can_read()
    {
        await WriteConfigAsync("server: {command: [sh, -c, 'stat -c %a $HF_TOKEN_PATH; sha256sum < $HF_TOKEN_PATH; touch $HF_TOKEN_PATH; exit 5']}");

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 3, error);
        Assert.Contains("    600", error, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Token))), error, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, error, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("docker: {compose_file: compose.yaml, service: vllm}", "has no service vllm; it has absent, llama", "docker.service")]
    [InlineData("docker: {compose_file: compose.yaml, service: absent}", "the image lem-test-absent:1 of the service absent is not on this machine", "pull absent")]
    [InlineData("docker: {compose_file: other.yaml, service: llama}", "there is no such compose file", "docker.compose_file")]
    public async Task What_is_not_there_is_told_with_its_fix(string docker, string problem, string fix)
    {
        await WriteConfigAsync(docker, Server("m.gguf"));

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 3, error);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Contains(fix, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_does_not_answer_is_told_with_its_fix()
    {
        _lem.Variables["DOCKER_HOST"] = $"unix://{_lem.Folder}/nobody.sock";
        await WriteConfigAsync(Server("m.gguf"));

        var (code, _, error) = await _lem.RunAsync(Cancel, "experiment", "e.yaml", "--yes", "--quiet");

        Assert.True(code == 3, error);
        Assert.Contains("the Docker daemon does not answer", error, StringComparison.Ordinal);
        Assert.Contains("systemctl start docker", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_is_not_continued_in_another_image()
    {
        await WriteConfigAsync("num_input_prompts: 200", Server("m.gguf"));
        var lem = await StartAndWaitForAnswersAsync();
        LemProcess.Interrupt(lem);
        await LemProcess.EndAsync(lem, Cancel);
        var other = await EmptyImageAsync();
        await WriteComposeAsync(other);

        var (code, _, error) = await _lem.RunAsync(Cancel, "resume");
        await _docker.AskAsync(Cancel, "rmi", other);

        Assert.True(code == 2, error);
        Assert.Contains("ran in another image when it was begun", error, StringComparison.Ordinal);
    }

    static string Server(string model) => $"server: {{command: [llama-server, -m, {model}, --metrics, -np, '2', -c, '2048', -t, '1']}}";

    Task WriteComposeAsync(string image, string more = "tty: false") => File.WriteAllTextAsync(
        ComposeFile,
        $$"""
        services:
          llama: {image: '{{image}}', entrypoint: [sleep, infinity], init: true, network_mode: host, {{more}}}
          absent: {image: 'lem-test-absent:1', network_mode: host}
        """,
        Cancel);

    async Task WriteConfigAsync(params string[] more)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["config_name"] = "container",
            ["model_name"] = "m.gguf",
            ["backend"] = "openai",
            ["runner"] = "docker",
            ["docker"] = "{compose_file: compose.yaml, service: llama}",
            ["dataset"] = "'builtin:starter'",
            ["num_input_prompts"] = $"{Requests}",
            ["max_output_tokens"] = $"{Tokens}",
            ["concurrency"] = "1",
            ["decoder"] = "{ignore_eos: true}",
            ["baseline"] = "{enabled: false}",
            ["warmup"] = "{enabled: false}",
        };
        foreach (var line in more)
            lines[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        await File.WriteAllLinesAsync(Path.Combine(_lem.Folder, "e.yaml"), lines.Select(line => $"{line.Key}: {line.Value}"), Cancel);
    }

    async Task<Process> StartAndWaitForAnswersAsync()
    {
        var lem = _lem.Start("experiment", "e.yaml", "--yes", "--events", "jsonl");
        while (await lem.StandardOutput.ReadLineAsync(Cancel) is { } line)
            if (line.Contains("\"request_finished\"", StringComparison.Ordinal))
                return lem;
        throw new InvalidOperationException(await lem.StandardError.ReadToEndAsync(Cancel));
    }

    // Those of this test's compose file, whoever brought them up.
    async Task<IReadOnlyList<string>> ContainersAsync(params string[] more) =>
        (await _docker.AskAsync(Cancel, ["ps", "-q", "--no-trunc", .. more, "--filter", $"label=com.docker.compose.project.working_dir={_lem.Folder}"]))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // Where no container is left, no process of one is.
    async Task NothingIsLeftAsync()
    {
        Assert.Empty(await ContainersAsync("-a"));
        Assert.DoesNotContain(Directory.EnumerateFiles(RunFolder), file => !file.EndsWith(".plan.json", StringComparison.Ordinal));
    }

    // A second is enough; a busy machine gets more.
    async Task EngineEndsAsync(string container)
    {
        for (var look = 0; look < 50; look++)
            if (!(await _docker.AskAsync(Cancel, "top", container)).Contains("llama-server", StringComparison.Ordinal))
                return;
        Assert.Fail("the engine still runs in the container");
    }

    async Task<string> EmptyImageAsync()
    {
        var name = $"lem-test-other-{Guid.NewGuid():n}:1";
        var tar = Path.Combine(_lem.Folder, "other.tar");
        System.Formats.Tar.TarFile.CreateFromDirectory(Directory.CreateDirectory(Path.Combine(_lem.Folder, "other")).FullName, tar, includeBaseDirectory: true);
        await _docker.AskAsync(Cancel, "import", tar, name);
        return name;
    }
}

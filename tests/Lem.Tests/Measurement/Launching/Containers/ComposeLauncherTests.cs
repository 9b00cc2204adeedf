using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Lem.Core;
using Lem.Measurement.Launching;
using Lem.Measurement.Launching.Containers;
using Lem.Tests.Core.Results.Storage;
using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.Tests.Measurement.Launching.Containers;

[SupportedOSPlatform("linux")]
public sealed partial class ComposeLauncherTests : IDisposable
{
    const string Secret = "hf_0123456789";

    static readonly ContainerNeeds Nothing = new([], MustSeePaths: false);

    readonly FakeDocker _docker = new();
    readonly ScratchDirectory _results = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Entry => _results[Path.Combine("run", "one.json")];

    public void Dispose()
    {
        _docker.Dispose();
        _results.Dispose();
    }

    [Fact]
    public async Task A_service_is_brought_up_in_a_project_of_its_own_and_all_of_it_is_ended()
    {
        using (var entry = new RunLedger(_results.Path).Enter("one"))
        {
            await using var launcher = Launcher(entry, Nothing);
            await using var process = await launcher.StartAsync(Command("echo", "ready"), Cancel);

            Assert.Equal(0, await process.Ended);
            Assert.Equal("ready", process.Log.ToString());
            Assert.Equal("sha256:a", launcher.ImageDigest);
        }

        Assert.False(File.Exists(Entry));
        var calls = _docker.Calls.Select(call => Project().Replace(call, "PROJECT")).ToList();
        Assert.Equal("compose -f compose.yaml -p PROJECT up -d --no-build --pull never vllm", calls[0]);
        Assert.Equal("compose -f compose.yaml -p PROJECT exec -T vllm true", calls[1]);
        Assert.StartsWith("compose -f compose.yaml -p PROJECT exec -T vllm sh -c cat ", calls[2], StringComparison.Ordinal);
        Assert.EndsWith(" echo ready", calls[2], StringComparison.Ordinal);
        Assert.Equal("compose -p PROJECT down --volumes --remove-orphans --timeout 10", calls[^1]);
    }

    [Fact]
    public async Task It_is_written_down_before_it_is_brought_up()
    {
        _docker.Set("failure", "could not select device driver \"nvidia\" with capabilities: [[gpu]]");
        using var entry = new RunLedger(_results.Path).Enter("one");
        var told = new List<string>();
        var launcher = Launcher(entry, Nothing, told.Add);

        var error = await Assert.ThrowsAsync<LemException>(() => launcher.StartAsync(Command("echo"), Cancel));
        await launcher.DisposeAsync();
        entry.Dispose();

        Assert.Contains("Docker cannot give GPUs to containers", error.Message, StringComparison.Ordinal);
        Assert.Contains("NVIDIA Container Toolkit", error.Hint, StringComparison.Ordinal);

        // It could not be ended either: the entry stays, and the next lem tries again.
        Assert.Contains("could not be ended", Assert.Single(told), StringComparison.Ordinal);
        Assert.Matches("\"project\":\"lem-engine-[0-9a-f]{12}\"", await File.ReadAllTextAsync(Entry, Cancel));
    }

    [Fact]
    public async Task A_service_that_is_up_is_used_and_left_up()
    {
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using (var launcher = Launcher(entry, Nothing, isUp: true))
        {
            await using var process = await launcher.StartAsync(Command("echo", "ready"), Cancel);
            Assert.Contains("process_file", await File.ReadAllTextAsync(Entry, Cancel), StringComparison.Ordinal);
            await process.Ended;
        }

        Assert.All(_docker.Calls, call => Assert.StartsWith("compose -f compose.yaml exec -T vllm ", call, StringComparison.Ordinal));
        Assert.DoesNotContain("process_file", await File.ReadAllTextAsync(Entry, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_docker_that_does_not_say_whether_a_program_has_ended_leaves_it_to_the_next_lem()
    {
        using var entry = new RunLedger(_results.Path).Enter("one");
        var told = new List<string>();
        await using (var launcher = Launcher(entry, Nothing, told.Add, isUp: true))
        {
            await using var process = await launcher.StartAsync(Command("sleep", "600"), Cancel);
            _docker.Set("failure", "Cannot connect to the Docker daemon at unix:///fake.sock");
            await process.EndAsync();
        }

        Assert.Contains("the Docker daemon does not answer", Assert.Single(told), StringComparison.Ordinal);
        Assert.Contains("process_file", await File.ReadAllTextAsync(Entry, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_of_variables_stand_on_no_command_line()
    {
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, Nothing);

        await using var process = await launcher.StartAsync(new(["true"], new Dictionary<string, string?> { ["SECRET"] = Secret, ["GONE"] = null }), Cancel);
        await process.Ended;

        Assert.Equal($"SECRET={Secret}\n", _docker.Variables);
        Assert.DoesNotContain(_docker.Calls, call => call.Contains(Secret, StringComparison.Ordinal));
        Assert.Contains(_docker.Calls, call => call.Contains("exec -T -e SECRET vllm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_is_ended_with_all_it_has_started()
    {
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, Nothing);
        await using var process = await launcher.StartAsync(Command("sh", "-c", "sleep 600 & echo $!; wait"), Cancel);
        var helper = await FirstLineAsync(process.Log);

        Assert.True(await process.EndAsync());

        Assert.Null(ProcessIdentity.Of(int.Parse(helper, System.Globalization.CultureInfo.InvariantCulture)));
        await process.Ended;
    }

    [Fact]
    public async Task The_model_and_the_token_come_by_a_second_file_that_is_gone_afterwards()
    {
        string? written = null;
        var needs = new ContainerNeeds(["/models/llama"], MustSeePaths: true, path => File.WriteAllText(written = path, Secret));
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using (var launcher = Launcher(entry, needs))
        {
            await using var process = await launcher.StartAsync(Command("true"), Cancel);
            var additions = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(written)!, "additions.json"), Cancel); // written is a file's path

            Assert.Equal(
                """{"services":{"vllm":{"volumes":[{"type":"bind","source":"/models/llama","target":"/models/llama","read_only":true},{"type":"bind","source":"TOKEN","target":"/run/lem/hf_token","read_only":true}],"environment":{"HF_TOKEN_PATH":"/run/lem/hf_token"}}}}""",
                additions.Replace(written!, "TOKEN", StringComparison.Ordinal));
            await process.Ended;
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(written)));
    }

    [Fact]
    public async Task A_model_that_cannot_be_seen_in_a_service_that_is_up_is_told()
    {
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, new(["/models/nowhere"], MustSeePaths: true), isUp: true);

        var error = await Assert.ThrowsAsync<LemException>(() => launcher.StartAsync(Command("true"), Cancel));

        Assert.Contains("/models/nowhere is not to be seen in the container of vllm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gpus_that_cannot_be_seen_in_there_are_told_before_the_engine_is_started()
    {
        _docker.Set("no-nvidia-smi", "");
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, Nothing with { Gpus = true });

        var error = await Assert.ThrowsAsync<LemException>(() => launcher.StartAsync(Command("echo", "started"), Cancel));

        Assert.Contains("no GPU is to be seen in the container of vllm", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_docker.Calls, call => call.Contains("started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_ports_that_the_service_publishes_can_be_taken()
    {
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, Nothing, definition: new("vllm:1", SharesHostNetwork: false, [8100, 8101], []));

        Assert.Equal((8100, 8101), (await launcher.ChoosePortAsync(0, Cancel), await launcher.ChoosePortAsync(8101, Cancel)));
        await Assert.ThrowsAsync<LemException>(() => launcher.ChoosePortAsync(9000, Cancel));
    }

    [Fact]
    public async Task A_published_port_at_which_a_server_answers_is_passed_over()
    {
        await using var other = MockServer.Start(new(Flavour.Vllm));
        var taken = other.Address.Port;
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, Nothing, definition: new("vllm:1", SharesHostNetwork: false, [taken, 1], []));

        Assert.Equal(1, await launcher.ChoosePortAsync(0, Cancel));
        var error = await Assert.ThrowsAsync<LemException>(() => launcher.ChoosePortAsync(taken, Cancel));

        Assert.Contains($"something answers at http://127.0.0.1:{taken} already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_brings_it_up_is_entered_meanwhile()
    {
        _docker.Set("up", $"""
            n=0
            until grep -q "\"pid\":$$," '{Entry}' || [ $n -gt 1000 ]; do n=$((n+1)); done
            cp '{Entry}' "$folder/entry"; echo $$ > "$folder/client"
            """);
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, Nothing);

        await using var process = await launcher.StartAsync(Command("true"), Cancel);
        await process.Ended;

        var client = $"\"pid\":{(await File.ReadAllTextAsync(Path.Combine(_docker.Folder, "client"), Cancel)).Trim()},";
        Assert.Contains(client, await File.ReadAllTextAsync(Path.Combine(_docker.Folder, "entry"), Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(client, await File.ReadAllTextAsync(Entry, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_docker_that_does_not_answer_at_the_end_is_told_and_costs_nothing()
    {
        var told = new List<string>();
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, Nothing, told.Add, patience: TimeSpan.FromSeconds(3));
        await using var process = await launcher.StartAsync(Command("sleep", "600"), Cancel);

        _docker.Set("silence", "");
        await process.EndAsync();
        _docker.Unset("silence");

        Assert.Contains("the engine could not be asked to end", Assert.Single(told), StringComparison.Ordinal);
        await process.Ended;
    }

    [Theory]
    [InlineData("m.gguf", true)]
    [InlineData("elsewhere.gguf", false)]
    public async Task A_relative_path_holds_in_a_service_that_is_up_where_it_is_to_be_seen_there(string model, bool isSeen)
    {
        await File.WriteAllTextAsync(_results["m.gguf"], "", Cancel);
        using var entry = new RunLedger(_results.Path).Enter("one");
        await using var launcher = Launcher(entry, new([_results[model]], MustSeePaths: false), isUp: true);

        await using var process = await launcher.StartAsync(new(["echo", model], new Dictionary<string, string?>(), _results.Path), Cancel);
        await process.Ended;

        Assert.Equal(isSeen, _docker.Calls.Any(call => call.Contains($"-w {_results.Path} vllm", StringComparison.Ordinal)));
    }

    static LaunchCommand Command(params string[] words) => new(words, new Dictionary<string, string?>());

    static async Task<string> FirstLineAsync(LogTail log)
    {
        while (log.Lines().Count == 0)
            await Task.Yield();
        return log.Lines()[0];
    }

    ComposeLauncher Launcher(RunEntry entry, ContainerNeeds needs, Action<string>? tell = null, bool isUp = false, ServiceDefinition? definition = null, TimeSpan? patience = null) => new(
        new(_docker.Program with { Patience = patience ?? TimeSpan.FromMinutes(1) }, new("compose.yaml", "vllm"), definition ?? new("vllm:1", SharesHostNetwork: true, [], []), isUp, "sha256:a", "unix:///fake.sock"),
        needs, entry, TimeProvider.System, tell ?? (message => Assert.Fail(message)));

    [GeneratedRegex("lem-engine-[0-9a-f]{12}")]
    private static partial Regex Project();
}

using System.Runtime.Versioning;
using Lem.Measurement.Launching;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Measurement.Launching.Containers;

/// <summary>What is in containers when a lem dies, and what the next one makes of it.</summary>
[SupportedOSPlatform("linux")]
public sealed class LeftContainersTests : IDisposable
{
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
    public async Task What_a_dead_lem_brought_up_is_ended_by_the_next()
    {
        Directory.CreateDirectory(_results["run"]);
        await File.WriteAllTextAsync(_results["c.yaml"], "", Cancel);
        await File.WriteAllTextAsync(
            Entry,
            """
            {"experiment_id": "one", "lem": {"pid": 1, "start_ticks": -5}, "children": [],
             "containers": [{"daemon_address": "unix:///fake.sock", "project": "lem-engine-0123456789ab"}, {"daemon_address": "unix:///fake.sock", "file": "COMPOSE", "service": "vllm", "process_file": "/tmp/lem-0123456789abcdef0123456789abcdef.stat"}]}
            """.Replace("COMPOSE", _results["c.yaml"], StringComparison.Ordinal),
            Cancel);

        var done = await new RunLedger(_results.Path).CleanUpAsync(_docker.Program);

        Assert.Equal(["ended the containers of lem-engine-0123456789ab, left by one", "ended what was left in the service vllm, left by one"], done);
        Assert.Equal("compose -p lem-engine-0123456789ab down --volumes --remove-orphans --timeout 10", _docker.Calls[0]);
        Assert.StartsWith($"compose -f {_results["c.yaml"]} exec -T vllm sh -c ", _docker.Calls[1], StringComparison.Ordinal);
        Assert.False(File.Exists(Entry));
    }

    [Theory]
    [InlineData("""{"daemon_address": "unix:///fake.sock", "project": "my-database"}""")]
    [InlineData("""{"daemon_address": "unix:///fake.sock", "project": "lem-engine-0123456789ab", "folder": "/etc"}""")]
    [InlineData("""{"daemon_address": "unix:///fake.sock", "file": "c.yaml", "service": "db", "process_file": "/var/lib/data"}""")]
    [InlineData("""{"daemon_address": "tcp://elsewhere", "project": "lem-engine-0123456789ab"}""")]
    public async Task A_record_that_names_what_is_not_lems_ends_nothing(string record)
    {
        Directory.CreateDirectory(_results["run"]);
        await File.WriteAllTextAsync(Entry, $$"""{"experiment_id": "one", "lem": {"pid": 1, "start_ticks": -5}, "children": [], "containers": [{{record}}]}""", Cancel);

        var done = await new RunLedger(_results.Path).CleanUpAsync(_docker.Program);

        Assert.Equal(["left containers alone that are not lem's, left by one"], done);
        Assert.Empty(_docker.Calls);
    }

    [Theory]
    [InlineData("permission denied while trying to connect to the Docker daemon socket", false)]
    [InlineData("service \"vllm\" is not running", true)]
    public async Task A_program_left_in_a_service_is_forgotten_only_where_it_has_ended(string failure, bool isForgotten)
    {
        Directory.CreateDirectory(_results["run"]);
        await File.WriteAllTextAsync(_results["c.yaml"], "", Cancel);
        var record = $$"""{"daemon_address": "unix:///fake.sock", "file": "{{_results["c.yaml"]}}", "service": "vllm", "process_file": "/tmp/lem-0123456789abcdef0123456789abcdef.stat"}""";
        await File.WriteAllTextAsync(Entry, $$"""{"experiment_id": "one", "lem": {"pid": 1, "start_ticks": -5}, "children": [], "containers": [{{record}}]}""", Cancel);
        _docker.Set("failure", failure);

        var done = await new RunLedger(_results.Path).CleanUpAsync(_docker.Program);

        Assert.Equal(isForgotten, !Assert.Single(done).Contains("could not be ended", StringComparison.Ordinal));
        Assert.Equal(isForgotten, !File.Exists(Entry));
    }

    [Fact]
    public async Task What_cannot_be_ended_stays_written_down()
    {
        Directory.CreateDirectory(_results["run"]);
        await File.WriteAllTextAsync(
            Entry, """{"experiment_id": "one", "lem": {"pid": 1, "start_ticks": -5}, "children": [], "containers": [{"daemon_address": "unix:///fake.sock", "project": "lem-engine-0123456789ab"}]}""", Cancel);
        _docker.Set("failure", "Cannot connect to the Docker daemon");

        var done = await new RunLedger(_results.Path).CleanUpAsync(_docker.Program);

        Assert.Contains("could not be ended", Assert.Single(done), StringComparison.Ordinal);
        Assert.True(File.Exists(Entry));
    }
}

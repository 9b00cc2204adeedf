using System.Diagnostics;
using Lem.Measurement.Launching;
using Lem.Measurement.Launching.Containers;
using Xunit;

namespace Lem.Tests.Measurement.Launching;

public sealed class RunLedgerTests : IDisposable
{
    readonly string _results = Directory.CreateTempSubdirectory("lem-ledger").FullName;

    static readonly DockerProgram Docker = new("/nowhere/docker");

    public void Dispose() => Directory.Delete(_results, recursive: true);

    [Fact]
    public void An_entry_stands_as_long_as_the_run()
    {
        var ledger = new RunLedger(_results);
        using (ledger.Enter("one"))
            Assert.True(ledger.IsRunning("one"));

        Assert.False(ledger.IsRunning("one"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_results, "run")));
    }

    [Fact]
    public async Task What_a_live_run_started_is_left_alone()
    {
        var ledger = new RunLedger(_results);
        using var entry = ledger.Enter("one");

        Assert.Empty(await ledger.CleanUpAsync(Docker));
        Assert.True(ledger.IsRunning("one"));
    }

    [Fact]
    public async Task What_a_dead_run_left_behind_is_ended()
    {
        using var child = Process.Start(new ProcessStartInfo("sleep", "600")) ?? throw new InvalidOperationException("sleep did not start");
        var identity = ProcessIdentity.Of(child.Id);
        // A pid that was handed out again: same number, other start.
        Write("dead", $$"""{"experiment_id": "dead", "lem": {"pid": {{Environment.ProcessId}}, "start_ticks": 1}, "children": [{"pid": {{child.Id}}, "start_ticks": {{identity?.StartTicks}}}]}""");

        var done = await new RunLedger(_results).CleanUpAsync(Docker);

        Assert.Contains($"ended process {child.Id}", Assert.Single(done), StringComparison.Ordinal);
        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(10)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_results, "run")));
    }

    [Fact]
    public async Task A_process_that_only_has_the_pid_of_an_old_child_is_not_touched()
    {
        Write("dead", $$"""{"experiment_id": "dead", "lem": {"pid": 1, "start_ticks": -5}, "children": [{"pid": {{Environment.ProcessId}}, "start_ticks": 1}]}""");

        Assert.Empty(await new RunLedger(_results).CleanUpAsync(Docker));
    }

    [Fact]
    public async Task A_torn_entry_is_removed_and_said()
    {
        Write("torn", """{"experiment_id": "to""");

        Assert.Contains("torn.json", Assert.Single(await new RunLedger(_results).CleanUpAsync(Docker)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_of_unfinished_experiments_are_no_entries()
    {
        Write("later.plan", "{}");

        Assert.Empty(await new RunLedger(_results).CleanUpAsync(Docker));
        Assert.Single(Directory.GetFiles(Path.Combine(_results, "run")));
    }

    [Theory]
    [InlineData("42 (a) b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 20", 777L)]
    [InlineData("42 (zombie) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 20", null)]
    [InlineData("42 (short) S 1 2", null)]
    public void Start_ticks_are_the_twenty_second_field_whatever_the_command_is_called(string stat, long? ticks) =>
        Assert.Equal(ticks, ProcessIdentity.StartTicksOf(stat));

    void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.Combine(_results, "run"));
        File.WriteAllText(Path.Combine(_results, "run", name + ".json"), content);
    }
}

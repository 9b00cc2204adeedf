using System.Diagnostics;
using System.Globalization;
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
        using var child = Process.Start(new ProcessStartInfo("setsid", ["sleep", "600"])) ?? throw new InvalidOperationException("sleep did not start");
        var identity = ProcessIdentity.Of(child.Id);
        // A pid that was handed out again: same number, other start.
        Write("dead", $$"""{"experiment_id": "dead", "lem": {"pid": {{Environment.ProcessId}}, "start_ticks": 1}, "children": [{"pid": {{child.Id}}, "start_ticks": {{identity?.StartTicks}}}]}""");

        var done = await new RunLedger(_results).CleanUpAsync(Docker);

        Assert.Contains($"ended process {child.Id}", Assert.Single(done), StringComparison.Ordinal);
        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(10)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_results, "run")));
    }

    [Fact]
    public async Task Helpers_are_ended_whose_leader_has_ended_already()
    {
        // What is started without job control stays in the group of its leader, here one that ends at once.
        using var leader = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", "sleep 600 >/dev/null & echo $!"]) { RedirectStandardOutput = true })!; // null only with UseShellExecute
        var helper = int.Parse((await leader.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
        await leader.WaitForExitAsync(TestContext.Current.CancellationToken);
        Write("dead", $$"""{"experiment_id": "dead", "lem": {"pid": 1, "start_ticks": -5}, "children": [{"pid": {{leader.Id}}, "start_ticks": 1}]}""");

        var done = await new RunLedger(_results).CleanUpAsync(Docker);

        Assert.Single(done);
        while (ProcessIdentity.Of(helper) is not null)
            await Task.Yield();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_number_that_means_everybody_ends_nobody(int pid)
    {
        Write("dead", $$"""{"experiment_id": "dead", "lem": {"pid": 1, "start_ticks": -5}, "children": [{"pid": {{pid}}, "start_ticks": {{ProcessIdentity.Of(1)?.StartTicks}}}]}""");

        Assert.Empty(await new RunLedger(_results).CleanUpAsync(Docker));
    }

    [Theory]
    [InlineData("S", 900, true)]
    [InlineData("Z", 900, false)]
    [InlineData("S", 700, false)]
    public void A_member_of_a_group_lives_and_is_no_older_than_its_leader(string state, long start, bool isMember) =>
        Assert.Equal(isMember, new ProcessGroup(new(42, 777)).IsMember($"43 (helper) {state} 1 42 42 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 {start} 22"));

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

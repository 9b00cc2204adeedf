using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Lem.Cli;
using Lem.Measurement.Experiments;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ResumeTests : IDisposable
{
    readonly MeasuredFolder _folder = new MeasuredFolder().WithCycles(measured: 2);
    readonly PlanStore _plans;

    public ResumeTests()
    {
        _plans = new PlanStore(_folder.Directory.Root);
        _plans.Save(new ExperimentPlan(
            MeasuredFolder.Cycles, "test", new JsonObject { ["model_name"] = "synthetic:15m" }, [], [], [], [], "ff", 3, 1, "00", null, ".",
            new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_list_says_when_what_and_how_much()
    {
        var lines = await _folder.Commands.LinesAsync("resume", "--list");

        Assert.Equal(2, lines.Length);
        Assert.Contains($"{MeasuredFolder.Cycles}  2026-01-31 12:00  synthetic:15m      2/3", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, (int?)(await _folder.Commands.JsonAsync("resume", "--list"))[0]!["windows_done"]);
    }

    [Fact]
    public async Task What_is_discarded_is_no_longer_unfinished_and_its_windows_stay()
    {
        var (code, _, messages) = await _folder.Commands.RunAsync("resume", "4e5f6a7b", "--discard");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("2 measured windows stay", messages, StringComparison.Ordinal);
        Assert.Empty(_plans.List());
        Assert.True(Directory.Exists(_folder.Directory.Window($"{MeasuredFolder.Cycles}_c2")));
        Assert.Empty((await _folder.Commands.JsonAsync("resume", "--list")).AsArray());
    }

    [Theory]
    [InlineData("--discard")]
    [InlineData("--discard", "--list")]
    [InlineData("--discard", "unknown")]
    public async Task To_discard_one_must_be_named(params string[] args)
    {
        Assert.Equal(ExitCode.UserMistake, (await _folder.Commands.RunAsync(["resume", .. args])).Code);
        Assert.Single(_plans.List());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task What_fails_when_it_is_resumed_stays_unfinished()
    {
        using var folder = new CommandFolder();
        folder.Variables["PATH"] = Environment.GetEnvironmentVariable("PATH")!; // these tests are started with one
        folder.Write("srv", "#!/bin/sh\ncp results/run/*.plan.json .\nexit 1\n");
        File.SetUnixFileMode(folder["srv"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        folder.Write("e.yaml", "config_name: t\nmodel_name: m\nbackend: openai\nserver: {command: [./srv]}\ndataset: builtin:starter\nbaseline: {enabled: false}\n");

        var begun = await folder.RunAsync("experiment", "e.yaml", "--yes", "--quiet");
        var kept = Assert.Single(Directory.GetFiles(folder.Work, "*.plan.json"));
        var plan = folder[Path.Combine("results", "run", Path.GetFileName(kept))];
        Assert.False(File.Exists(plan));
        File.Move(kept, plan);
        var resumed = await folder.RunAsync("resume", "--quiet");

        Assert.All([begun, resumed], run => Assert.Equal(ExitCode.MachineLacks, run.Code));
        Assert.Contains("srv ended before it answered", resumed.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(plan));
    }
}

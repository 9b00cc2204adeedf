using Lem.Cli;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class AggregateTests : IDisposable
{
    readonly MeasuredFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_experiment_with_cycles_becomes_a_result_each_and_statistics()
    {
        _folder.WithCycles();

        var lines = await _folder.Commands.LinesAsync("aggregate", "4e5f6a7b");

        Assert.Equal(4, lines.Length);
        Assert.All([1, 2, 3], cycle => Assert.True(File.Exists(_folder.Directory.Result($"{MeasuredFolder.Cycles}_c{cycle}"))));
        Assert.True(File.Exists(_folder.Directory.MultiCycle(MeasuredFolder.Cycles)));
    }

    [Fact]
    public async Task A_result_that_is_there_is_kept_and_made_anew_with_identical_figures_by_force()
    {
        _folder.WithSingle();
        var path = _folder.Directory.Result(MeasuredFolder.Single);
        await _folder.Commands.LinesAsync("aggregate", "latest");
        var before = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, "{}", TestContext.Current.CancellationToken);

        Assert.StartsWith("kept", Assert.Single(await _folder.Commands.LinesAsync("aggregate", "latest")), StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.StartsWith("aggregated", Assert.Single(await _folder.Commands.LinesAsync("aggregate", "latest", "--force")), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_deleted_process_file_is_named_and_the_other_cycles_stand()
    {
        _folder.WithCycles();
        File.Delete(_folder.Directory.Process($"{MeasuredFolder.Cycles}_c2", 1));

        var (code, answer, messages) = await _folder.Commands.RunAsync("aggregate", MeasuredFolder.Cycles);

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Contains("_c2", messages, StringComparison.Ordinal);
        Assert.Contains("process_1.json: missing", messages, StringComparison.Ordinal);
        Assert.Contains("_c3", answer, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Directory.Result($"{MeasuredFolder.Cycles}_c2")));
        Assert.False(File.Exists(_folder.Directory.MultiCycle(MeasuredFolder.Cycles)));
    }

    [Fact]
    public async Task Without_strictness_what_there_is_is_aggregated()
    {
        _folder.WithCycles();
        File.Delete(_folder.Directory.Process($"{MeasuredFolder.Cycles}_c2", 1));

        await _folder.Commands.LinesAsync("aggregate", MeasuredFolder.Cycles, "--no-strict");

        Assert.Contains("process_1.json", await File.ReadAllTextAsync(_folder.Directory.Result($"{MeasuredFolder.Cycles}_c2"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Directory.MultiCycle(MeasuredFolder.Cycles)));
    }

    [Fact]
    public async Task A_torn_file_is_named()
    {
        _folder.WithSingle();
        var path = _folder.Directory.Requests(MeasuredFolder.Single, 0);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))[..^20], TestContext.Current.CancellationToken);

        var (code, answer, messages) = await _folder.Commands.RunAsync("aggregate", "latest");

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Empty(answer);
        Assert.Contains("requests_0.jsonl: torn", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_cycle_is_a_failure_unless_it_can_still_be_measured()
    {
        _folder.WithCycles(measured: 2);

        var (code, _, messages) = await _folder.Commands.RunAsync("aggregate", "latest");

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Contains("_c3", messages, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Directory.MultiCycle(MeasuredFolder.Cycles)));
    }

    [Fact]
    public async Task All_takes_what_has_no_result_yet_and_passes_over_what_is_not_complete()
    {
        _folder.WithSingle().WithCycles(measured: 2);
        await _folder.Commands.LinesAsync("aggregate", MeasuredFolder.Single);

        var reports = (await _folder.Commands.JsonAsync("aggregate", "--all")).AsArray();

        var report = Assert.Single(reports)!;
        Assert.Equal(MeasuredFolder.Cycles, (string?)report["experiment_id"]);
        Assert.Equal(2, report["aggregated"]!.AsArray().Count);
        Assert.Single(report["skipped"]!.AsArray());
        Assert.Empty((await _folder.Commands.JsonAsync("aggregate", "--all")).AsArray());
        Assert.Equal(2, (await _folder.Commands.JsonAsync("aggregate", "--all", "--force")).AsArray().Count);
    }

    [Fact]
    public async Task Force_alone_says_what_it_wants()
    {
        var (code, _, messages) = await _folder.WithSingle().Commands.RunAsync("aggregate", "--force");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("lem aggregate --all --force", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aggregate")]
    [InlineData("aggregate", "nothing")]
    [InlineData("aggregate", "latest", "--all")]
    [InlineData("aggregate", "latest", "--strict", "--no-strict")]
    public async Task Wrong_arguments_end_with_2(params string[] args)
    {
        _folder.WithSingle();

        Assert.Equal(ExitCode.UserMistake, (await _folder.Commands.RunAsync(args)).Code);
    }
}

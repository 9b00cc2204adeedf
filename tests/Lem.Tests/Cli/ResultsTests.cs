using System.Text.Json.Nodes;
using Lem.Cli;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ResultsTests : IDisposable
{
    readonly MeasuredFolder _folder = new MeasuredFolder().WithSingle().WithCycles();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_list_has_the_newest_first_and_the_cycles_in_one_row()
    {
        await AggregateAllAsync();

        var lines = await _folder.Commands.LinesAsync("results", "list");

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("4e5f6a7b", lines[1], StringComparison.Ordinal);
        Assert.Contains("sample ×3", lines[1], StringComparison.Ordinal);
        Assert.Contains("6.00 kJ ctr", lines[1], StringComparison.Ordinal);
        Assert.Contains("1.00 kJ est", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_the_list_has_full_numbers_and_null_for_the_unknown()
    {
        await AggregateAllAsync();

        var list = (await _folder.Commands.JsonAsync("results", "list")).AsArray();

        Assert.Equal(6000, (double?)list[0]!["total_energy_j"]);
        Assert.Equal("counter", (string?)list[0]!["total_energy_method"]);
        Assert.Equal(3, (int?)list[0]!["cycles"]);
        Assert.Equal("aggregated", (string?)list[1]!["state"]);
    }

    [Fact]
    public async Task What_has_no_result_is_listed_on_request_only()
    {
        Assert.Empty((await _folder.Commands.JsonAsync("results", "list")).AsArray());

        var list = (await _folder.Commands.JsonAsync("results", "list", "--all")).AsArray();

        Assert.Equal(["not_aggregated", "not_aggregated"], list.Select(entry => (string?)entry!["state"]));
        Assert.Equal("sample", (string?)list[0]!["config_name"]);
        Assert.Null(list[0]!["total_energy_j"]);
    }

    [Fact]
    public async Task Junk_is_named_and_passed_over()
    {
        await AggregateAllAsync();
        _folder.Commands.Write("results/aggregated/20260101T000000Z-torn-00000000.json", "{\"producer\": \"lem\", ");
        _folder.Commands.Write("results/aggregated/notes.txt", "");
        _folder.Commands.Write("results/raw/20260101T000000Z-empty-00000001/notes.txt", "");

        var (code, answer, messages) = await _folder.Commands.RunAsync("results", "list", "--all", "--json");

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(3, JsonNode.Parse(answer)!.AsArray().Count);
        Assert.Contains("torn-00000000.json", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latest", "3 of 3 cycles")]
    [InlineData("4e5f6a7b_c2", "cycle 2 of 3")]
    [InlineData("20260130", "sample: synthetic:15m")]
    public async Task Show_is_the_summary_of_the_run(string id, string expected)
    {
        await AggregateAllAsync();

        Assert.Contains(expected, string.Join('\n', await _folder.Commands.LinesAsync("results", "show", id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_as_json_is_the_file_itself()
    {
        await AggregateAllAsync();

        Assert.Equal(MeasuredFolder.Single, (string?)(await _folder.Commands.JsonAsync("results", "show", "0a1b2c3d"))["experiment_id"]);
        Assert.Equal(3, (int?)(await _folder.Commands.JsonAsync("results", "show", "latest"))["num_cycles"]);
    }

    [Fact]
    public async Task Raw_files_are_shown_process_by_process_without_a_result()
    {
        var windows = (await _folder.Commands.JsonAsync("results", "show", MeasuredFolder.Cycles, "--raw")).AsArray();

        Assert.Equal(3, windows.Count);
        Assert.Equal(2, windows[0]!["processes"]!.AsArray().Count);
        Assert.Contains(await _folder.Commands.LinesAsync("results", "show", "0a1b2c3d", "--raw"), line => line.Contains("process 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_an_experiment_with_missing_cycles_the_raw_files_there_are_are_shown_and_the_others_named()
    {
        Directory.Delete(_folder.Directory.Window($"{MeasuredFolder.Cycles}_c2"), recursive: true);
        File.Delete(_folder.Directory.Experiment($"{MeasuredFolder.Cycles}_c1"));

        var (code, answer, messages) = await _folder.Commands.RunAsync("results", "show", MeasuredFolder.Cycles, "--raw");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("_c3", answer, StringComparison.Ordinal);
        Assert.Contains($"{MeasuredFolder.Cycles}_c2: not measured", messages, StringComparison.Ordinal);
        Assert.Contains("experiment.json: missing", messages, StringComparison.Ordinal);
        var windows = (await _folder.Commands.JsonAsync("results", "show", MeasuredFolder.Cycles, "--raw")).AsArray();
        Assert.Equal(3, windows.Count);
        Assert.Equal(2, windows.Count(window => window!["missing"] is not null));
    }

    [Fact]
    public async Task What_is_not_aggregated_says_how_it_would_be()
    {
        var (code, _, messages) = await _folder.Commands.RunAsync("results", "show", "0a1b2c3d");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains($"lem aggregate {MeasuredFolder.Single}", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", 5)]
    [InlineData("jsonl", 4)]
    public async Task Export_has_a_row_per_window(string format, int lines)
    {
        await AggregateAllAsync();

        Assert.Equal(lines, (await _folder.Commands.LinesAsync("results", "export", "--format", format)).Length);
        await _folder.Commands.RunAsync("results", "export", "--format", format, "-o", "out.txt");
        Assert.Equal(lines, _folder.Commands.Read("out.txt").TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task The_tidy_table_names_metric_and_unit_in_each_row()
    {
        await AggregateAllAsync();

        var lines = await _folder.Commands.LinesAsync("results", "export", "0a1b2c3d", "--long");

        Assert.Contains(lines, line => line.StartsWith($"{MeasuredFolder.Single},sample,energy_metrics.total_energy_j,J,1000,", StringComparison.Ordinal));
        Assert.Equal(ExitCode.UserMistake, (await _folder.Commands.RunAsync("results", "export", "--long", "--format", "jsonl")).Code);
    }

    [Fact]
    public async Task Export_takes_experiments_by_name()
    {
        await AggregateAllAsync();

        Assert.Equal(3, (await _folder.Commands.JsonAsync("results", "export", "latest", "4e5f6a7b_c1")).AsArray().Count);
        var (code, _, messages) = await _folder.Commands.RunAsync("results", "export", "unknown", "other");
        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("unknown", messages, StringComparison.Ordinal);
        Assert.Contains("other", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_had_to_leave_a_result_out_does_not_end_well()
    {
        await AggregateAllAsync();
        await File.WriteAllTextAsync(_folder.Directory.Result(MeasuredFolder.Single), "{", TestContext.Current.CancellationToken);

        var (code, answer, messages) = await _folder.Commands.RunAsync("results", "export");

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Equal(4, answer.TrimEnd('\n').Split('\n').Length);
        Assert.Contains(MeasuredFolder.Single, messages, StringComparison.Ordinal);
    }

    Task<string[]> AggregateAllAsync() => _folder.Commands.LinesAsync("aggregate", "--all");
}

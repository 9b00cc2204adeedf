using System.Text.Json.Nodes;
using Lem.Cli;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;
using Lem.Tests.Core.Results.Comparison;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class CompareTests : IDisposable
{
    readonly MeasuredFolder _folder = new MeasuredFolder().WithSingle();

    public CompareTests()
    {
        Write(SampleSides.Windows("fp16", 100, 101, 99, 100.5, 99.5));
        Write(SampleSides.Windows("int8", 96, 97, 95, 96.5, 95.5));
        Write(SampleSides.Windows("once", 50));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_is_the_reference_and_the_sentence_is_said()
    {
        var lines = await _folder.Commands.LinesAsync("results", "compare", "20260131T120000Z-fp16", "20260131T120000Z-int8");

        Assert.Contains(lines, line => line.StartsWith("fp16 (reference)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  → int8 uses 4.0 % less energy per output token than fp16 (95 %: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task As_json_it_has_the_fields_of_the_schema()
    {
        var json = await _folder.Commands.JsonAsync("results", "compare", "20260131T120000Z-fp16", "20260131T120000Z-int8", "--reference", "20260131T120000Z-int8");

        Assert.Equal("int8", (string?)json["reference"]);
        Assert.Equal("higher", (string?)json["metrics"]![0]!["pairs"]![0]!["verdict"]);
        Assert.Equal(5, (int?)json["metrics"]![0]!["values"]![0]!["n"]);
        Assert.Equal("energy_metrics.joules_per_output_token", (string?)json["metrics"]![0]!["metric"]);
        Assert.IsType<JsonArray>(json["findings"]);
    }

    [Fact]
    public async Task Chosen_figures_come_as_csv_and_doubts_on_stderr()
    {
        var (code, answer, messages) = await _folder.Commands.RunAsync(
            "results", "compare", "20260131T120000Z-fp16", "20260131T120000Z-int8", "20260131T120000Z-once", "--all-pairs", "--metric", "energy_metrics.total_energy_j", "--format", "csv");

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(4, answer.TrimEnd().Split("\r\n").Length);
        Assert.Contains("[compare_single_cycle]", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_can_be_compared_with_another()
    {
        var lines = await _folder.Commands.LinesAsync("results", "compare", "20260131T120000Z-fp16-0a1b2c3d_c1", "20260131T120000Z-int8-0a1b2c3d_c2");

        Assert.Contains(lines, line => line.Contains("as measured once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_mistakes_come_at_once()
    {
        var (code, _, messages) = await _folder.Commands.RunAsync(
            "results", "compare", "nobody", MeasuredFolder.Single, "--reference", "nothing", "--metric", "energy_metrics.nonsense");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("ID: nobody: there is no such experiment", messages, StringComparison.Ordinal);
        Assert.Contains($"ID: {MeasuredFolder.Single} is measured, but has no result yet: lem aggregate", messages, StringComparison.Ordinal);
        Assert.Contains("--reference: nothing: there is no such experiment", messages, StringComparison.Ordinal);
        Assert.Contains("--metric: energy_metrics.nonsense is no figure of a result", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20260131T120000Z-fp16")]
    [InlineData("20260131T120000Z-fp16", "20260131T120000Z-fp16")]
    [InlineData("20260131T120000Z-fp16", "20260131T120000Z-fp16-0a1b2c3d_c2")]
    [InlineData("20260131T120000Z-fp16", "20260131T120000Z-int8", "--all-pairs", "--reference", "20260131T120000Z-int8")]
    public async Task What_has_nothing_to_be_compared_with_is_a_mistake(params string[] args) =>
        Assert.Equal(ExitCode.UserMistake, (await _folder.Commands.RunAsync(["results", "compare", .. args])).Code);

    [Fact]
    public async Task A_dry_run_says_what_the_plan_can_resolve()
    {
        await _folder.Commands.LinesAsync("aggregate", "--all");
        new ResultStore(_folder.Directory).Write(CycleAggregator.Aggregate(SampleSides.Windows("fp16", 100, 101, 99, 100.5, 99.5), "20260131T120000Z-fp16-0a1b2c3d"));

        var without = await _folder.Commands.LinesAsync("experiment", "--dry-run", "--cycles", "5");
        var with = await _folder.Commands.LinesAsync("experiment", "--dry-run", "--cycles", "5", "--pilot", "20260131T120000Z-fp16");
        var single = await _folder.Commands.LinesAsync("experiment", "--dry-run");

        Assert.Contains(without, line => line.Contains("5 cycles against 5 tell differences", StringComparison.Ordinal) && line.Contains("--pilot", StringComparison.Ordinal));
        Assert.Contains(with, line => line.Contains("at the CV of 0.79 % of 20260131T120000Z-fp16-0a1b2c3d", StringComparison.Ordinal));
        Assert.DoesNotContain(single, line => line.Contains("cycles against", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pilot_needs_several_cycles_and_a_dry_run()
    {
        var (code, _, messages) = await _folder.Commands.RunAsync("experiment", "--dry-run", "--cycles", "5", "--pilot", "20260131T120000Z-once");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("--pilot: 20260131T120000Z-once", messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.UserMistake, (await _folder.Commands.RunAsync("experiment", "--pilot", "latest")).Code);
    }

    void Write(List<ExperimentResult> windows)
    {
        var store = new ResultStore(_folder.Directory);
        foreach (var window in windows)
            store.Write(window);
    }
}

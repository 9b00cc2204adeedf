using Lem.Cli;
using Lem.Core.Results.Storage;
using Lem.Tests.Core.Results.Comparison;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class PhasesTests : IDisposable
{
    const string Full = "20260131T120000Z-full-0a1b2c3d";
    const string One = "20260131T120000Z-one-0a1b2c3d";

    readonly MeasuredFolder _folder = new MeasuredFolder().WithSingle();

    public PhasesTests()
    {
        var store = new ResultStore(_folder.Directory);
        foreach (var window in SampleSides.Windows("full", 110, 112, 108))
            store.Write(window);
        foreach (var window in SampleSides.Windows("one", 30, 31, 29))
            store.Write(window with { InferenceMetrics = window.InferenceMetrics with { OutputTokens = window.InferenceMetrics.Requests - window.InferenceMetrics.FailedRequests } });
        foreach (var window in SampleSides.Windows("fewer", 30, 31))
            store.Write(window with { InferenceMetrics = window.InferenceMetrics with { Requests = 1, FailedRequests = 0, OutputTokens = 1 } });
        foreach (var window in SampleSides.Windows("blind", 1))
            store.Write(window with { EnergyMetrics = window.EnergyMetrics with { TotalEnergyJ = null } });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_one_token_run_tells_prefill_from_decode()
    {
        var lines = await _folder.Commands.LinesAsync("results", "phases", Full, "--one-token", One);

        Assert.Contains(lines, line => line.StartsWith("prefill  30.0 J", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("decode   80.0 J", StringComparison.Ordinal) && line.Contains("per output token after the first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task As_json_it_names_its_method_and_windows()
    {
        var json = await _folder.Commands.JsonAsync("results", "phases", Full, "--one-token", One, "--json");

        Assert.Equal("one_token_run_subtracted", (string?)json["method"]);
        Assert.Equal(80, (double?)json["split"]!["decode_j"]);
        Assert.Equal($"{One}_c1", (string?)json["one_token_window_ids"]![0]);
    }

    [Fact]
    public async Task Windows_that_allow_no_regression_say_why()
    {
        var lines = await _folder.Commands.LinesAsync("results", "phases", Full, One);

        Assert.Contains(lines, line => line.StartsWith("no regression over 6 windows: their lengths", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("has answers of more than one token", One, "--one-token", Full)]
    [InlineData("different numbers of answered requests", Full, "--one-token", "20260131T120000Z-fewer")]
    [InlineData("has no energy", "20260131T120000Z-blind")]
    [InlineData("there is no such experiment", "nobody", "--one-token", One)]
    [InlineData("name one, or leave --one-token out", Full, One, "--one-token", One)]
    [InlineData("is named twice", Full, $"{Full}_c1")]
    public async Task What_cannot_tell_the_phases_apart_is_a_mistake(string message, params string[] args)
    {
        var (code, _, messages) = await _folder.Commands.RunAsync(["results", "phases", .. args]);

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains(message, messages, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Core.Results.Storage;

/// <summary>Raw facts written, damaged, and read again.</summary>
public sealed class RawStoreTests : IDisposable
{
    const string Id = "20260131T120000Z-sample-0a1b2c3d_c1";

    readonly ScratchDirectory _scratch = new();
    readonly ResultsDirectory _directory;
    readonly RawStore _store;

    public RawStoreTests()
    {
        _directory = new ResultsDirectory(_scratch.Path);
        _store = new RawStore(_directory, TimeProvider.System);
        Write(SampleRun.Gpus());
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void What_was_written_aggregates_to_the_same_result_every_time()
    {
        var result = Aggregate(strict: true);

        Assert.Equal(6000, result.TotalEnergyJ!.Value.Value);
        Assert.Equal(20, result.ExtendedMetrics.TpotMs!.Value, 1e-9);
        Assert.Equal(Json(result), Json(Aggregate(strict: true)));
        Assert.True(_store.IsComplete(Id));
    }

    [Fact]
    public void A_deleted_process_file_is_a_completeness_error()
    {
        File.Delete(_directory.Process(Id, 1));

        var error = Assert.Throws<LemException>(() => Aggregate(strict: true));
        Assert.Contains("is not complete: process_1.json: missing", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Aggregate(strict: false).Aggregation.NumProcesses);
    }

    [Fact]
    public void A_torn_request_file_is_named_and_left_out()
    {
        var path = _directory.Requests(Id, 1);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10]);

        Assert.Contains("requests_1.jsonl: torn", Assert.Throws<LemException>(() => Aggregate(strict: true)).Message, StringComparison.Ordinal);
        var result = Aggregate(strict: false);
        Assert.Equal("requests_1.jsonl", Assert.Single(result.Aggregation.SkippedFiles).File);
        Assert.Equal(1120, result.TotalTokens);
        Assert.Equal(10, result.LatencyStats.Ttft.N);
    }

    [Fact]
    public void A_process_file_that_was_changed_no_longer_matches_its_marker()
    {
        var path = _directory.Process(Id, 0);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"output_tokens\": 460", "\"output_tokens\": 999", StringComparison.Ordinal));

        Assert.Contains(".completed_0: its hash is not that of the process file", Assert.Throws<LemException>(() => Aggregate(strict: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_host_file_leaves_energy_unknown()
    {
        File.WriteAllText(_directory.Host(Id), "{\"schema_version\":");

        var result = Aggregate(strict: false);

        Assert.Null(result.TotalEnergyJ);
        Assert.Equal("host_file_unreadable", result.Unavailable.Single(u => u.Path == "total_energy_j").Reason);
    }

    [Fact]
    public void Without_a_marker_a_window_is_not_complete()
    {
        File.Delete(_directory.Marker(Id, 1));

        Assert.False(_store.IsComplete(Id));
        Assert.Contains("process 1 is not marked complete", Assert.Throws<LemException>(() => Aggregate(strict: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_file_too_many_is_noticed()
    {
        _store.WriteProcess(Id, SampleRun.Facts(2, []));

        Assert.Throws<LemException>(() => Aggregate(strict: true));
    }

    [Fact]
    public void An_unknown_window_is_told_by_its_path()
    {
        var error = Assert.Throws<LemException>(() => new RawRunReader(_directory).Read("nothing"));

        Assert.Equal($"{_directory.Experiment("nothing")}: missing", error.Message);
    }

    [Fact]
    public void A_torn_try_is_kept_aside_and_the_window_is_free_again()
    {
        Assert.True(_store.SetAside(Id));
        Write(SampleRun.Gpus());
        Assert.True(_store.SetAside(Id));

        Assert.False(_store.SetAside(Id));
        Assert.False(_store.IsComplete(Id));
        Assert.True(File.Exists(Path.Combine(_directory.Attempt(Id, 1), "experiment.json")));
        Assert.True(File.Exists(Path.Combine(_directory.Attempt(Id, 2), ".completed_1")));
        Assert.Equal([_directory.Attempt(Id, 1), _directory.Attempt(Id, 2)], Directory.EnumerateFileSystemEntries(_directory.Window(Id)).Order());
    }

    [Fact]
    public void Listing_passes_over_what_is_no_window()
    {
        File.WriteAllText(Path.Combine(_directory.Raw, "notes.txt"), "");
        Directory.CreateDirectory(Path.Combine(_directory.Raw, ".cache"));

        Assert.Equal([Id], _store.Windows());
    }

    void Write(RawRun run)
    {
        _store.WriteExperiment(Id, run.Experiment);
        _store.WriteHost(Id, run.Host!);
        foreach (var (process, requests) in run.Processes)
        {
            using var log = _store.OpenRequests(Id, process.ProcessIndex);
            foreach (var request in requests)
                log.Append(request);
            log.Flush();
            _store.WriteProcess(Id, process with { RequestLines = log.Lines, RequestsSha256 = log.Sha256() });
            _store.WriteMarker(Id, process.ProcessIndex);
        }
    }

    ExperimentResult Aggregate(bool strict) =>
        Aggregator.Aggregate(new RawRunReader(_directory).Read(Id), new AggregationOptions(strict));

    static string Json(ExperimentResult result) => JsonSerializer.Serialize(result, ResultsJson.Default.ExperimentResult);
}

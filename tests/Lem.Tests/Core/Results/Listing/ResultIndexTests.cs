using System.Text.Json;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Listing;
using Lem.Core.Results.Storage;
using Lem.Core.Units;
using Lem.Tests.Core.Results.Aggregation;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Core.Results.Listing;

public sealed class ResultIndexTests : IDisposable
{
    static readonly ExperimentResult Sample = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions());

    readonly ScratchDirectory _scratch = new();
    readonly ResultsDirectory _directory;
    readonly ResultStore _store;

    public ResultIndexTests()
    {
        _directory = new(_scratch.Path);
        _store = new ResultStore(_directory);
        _store.Write(Sample);
        _store.Write(CycleAggregator.Aggregate([Sample], "20260131T120000Z-sample-0a1b2c3d"));
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_digest_is_the_same_from_the_index_and_from_the_result()
    {
        var first = Look();
        Assert.True(File.Exists(_directory.Index));
        var again = Look();

        Assert.Equal(Json(first), Json(again));
        var digest = first.Results[Sample.ExperimentId];
        Assert.Equal(
            (Sample.ConfigName, Sample.CycleCount, Sample.TotalEnergyJ, Sample.InferenceMetrics.OutputTokens),
            (digest.ConfigName, digest.CycleCount, digest.EnergyMetrics.TotalEnergyJ, digest.InferenceMetrics.OutputTokens));
        Assert.Equal(Sample.Findings.Select(f => (f.Code, f.Severity)), digest.Findings.Select(f => (f.Code, f.Severity)));
        Assert.Contains(first.Cycles["20260131T120000Z-sample-0a1b2c3d"].Findings, f => f.Code == "cycles_missing");
    }

    [Fact]
    public void What_has_not_changed_is_taken_from_the_index()
    {
        Look();
        File.WriteAllText(_directory.Index, File.ReadAllText(_directory.Index).Replace("\"total_energy_j\":6000", "\"total_energy_j\":6001", StringComparison.Ordinal));

        Assert.Equal(new Joules(6001), Look().Results[Sample.ExperimentId].EnergyMetrics.TotalEnergyJ);
    }

    [Fact]
    public void What_has_changed_is_read_anew_and_what_is_gone_is_gone()
    {
        Look();
        _store.Write(Sample with { ConfigName = "another" });
        File.Delete(_directory.MultiCycle("20260131T120000Z-sample-0a1b2c3d"));

        var listing = Look();

        Assert.Equal("another", listing.Results[Sample.ExperimentId].ConfigName);
        Assert.Empty(listing.Cycles);
        Assert.Equal(Json(listing), Json(Look()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null\n[]\n")]
    [InlineData("{\"file\":null}")]
    [InlineData("\u0000\uffff")]
    public void A_damaged_index_changes_nothing(string damage)
    {
        var expected = Json(Look());
        File.WriteAllText(_directory.Index, damage);

        Assert.Equal(expected, Json(Look()));
        Assert.Contains(Sample.ExperimentId, File.ReadAllText(_directory.Index), StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_result_is_named_every_time()
    {
        File.WriteAllText(_directory.Result("20260101T000000Z-torn-00000000"), "{\"producer\": \"lem\", ");

        for (var look = 0; look < 2; look++)
        {
            var listing = Look();
            Assert.Single(listing.Results);
            Assert.Contains("torn-00000000.json", Assert.Single(listing.Unreadable), StringComparison.Ordinal);
        }
    }

    ResultListing Look() => new ResultIndex(_directory).Look();

    static string Json(ResultListing listing) =>
        string.Join('\n', listing.Results.Values.Select(d => JsonSerializer.Serialize(d, ListingJson.Default.ResultDigest))
            .Concat(listing.Cycles.Values.Select(c => JsonSerializer.Serialize(c, ListingJson.Default.CycleDigest))));
}

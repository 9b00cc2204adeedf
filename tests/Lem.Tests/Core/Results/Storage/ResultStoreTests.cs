using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Core.Results.Storage;

public sealed class ResultStoreTests : IDisposable
{
    static readonly ExperimentResult Sample = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions());

    readonly ScratchDirectory _scratch = new();
    readonly ResultStore _store;

    public ResultStoreTests() => _store = new ResultStore(new ResultsDirectory(_scratch.Path));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_result_is_read_back_as_it_was_written()
    {
        _store.Write(Sample);

        Assert.Equal(Json(Sample), Json(_store.Read(Sample.ExperimentId)));
    }

    [Fact]
    public void Listing_passes_over_what_is_no_result()
    {
        Assert.Empty(_store.Ids());
        _store.Write(Sample);
        File.WriteAllText(_scratch["aggregated/notes.txt"], "");
        File.WriteAllText(_scratch["aggregated/.half.json.0a1b2c3d.tmp"], "");

        Assert.Equal([Sample.ExperimentId], _store.Ids());
    }

    [Fact]
    public void A_missing_result_says_where_to_look()
    {
        var error = Assert.Throws<LemException>(() => _store.Read("nothing"));

        Assert.EndsWith("nothing.json: not found", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"producer\": \"lem\"", "\"producer\": \"other\"", "not written by lem (producer other)")]
    [InlineData("\"schema_version\": \"3.0.0\"", "\"schema_version\": \"4.0.0\"", "schema_version 4.0.0, but this lem reads 3.x")]
    [InlineData("\"findings\": [", "\"findings\": [ null,", "null in a list")]
    [InlineData("\"config_name\": \"sample\"", "\"config_name\": null", "config_name")]
    [InlineData("\"total_tokens\": 1120", "\"total_tokens\": \"many\"", "total_tokens")]
    public void What_cannot_be_read_is_said_by_name(string original, string replaced, string message)
    {
        var json = Json(Sample).Replace(original, replaced, StringComparison.Ordinal);

        var error = Assert.Throws<LemException>(() => ResultReader.ParseResult(Encoding.UTF8.GetBytes(json), "x.json"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_damage_is_a_LemException_or_a_result()
    {
        var bytes = Encoding.UTF8.GetBytes(Json(Sample));
        Prop.ForAll(
                ArbMap.Default.ArbFor<(int Position, byte Value, bool Cut)>(),
                damage =>
                {
                    var at = (int)((uint)(damage.Position * 7919) % bytes.Length);
                    var copy = damage.Cut ? bytes[..at] : (byte[])bytes.Clone();
                    if (!damage.Cut)
                        copy[at] = damage.Value;
                    try
                    {
                        return ResultReader.ParseResult(copy, "x.json") is not null;
                    }
                    catch (LemException)
                    {
                        return true;
                    }
                })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var json = "{\"producer\":\"lem\",\"x\":" + new string('[', 100_000);

        Assert.Throws<LemException>(() => ResultReader.ParseResult(Encoding.UTF8.GetBytes(json), "x.json"));
    }

    static string Json(ExperimentResult result) => JsonSerializer.Serialize(result, ResultsJson.Default.ExperimentResult);
}

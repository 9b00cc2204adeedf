using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Migration;
using Lem.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Core.Results.Migration;

/// <summary>Whatever happened to a file of an older tool, it becomes a whole result or is refused by name.</summary>
public class MigrationFuzzTests
{
    static readonly byte[][] Originals = [.. ((string[])
    [
        "lem-2/aggregated/0437.json",
        "lem-3/aggregated/exp_acceptance.json",
        "lem-3/raw/exp_raw/process_1.json",
        "lem-3/raw/exp_acceptance/process_0_timeseries.json",
        "lem-3/exp_cycles_multi_cycle.json",
        "llem/replay_2026-04-20T13-41-00/001_c1_gpt2-transformers_9f2c41d0/result.json",
    ]).Select(name => File.ReadAllBytes(GoldenTree.Source(name)))];

    static readonly string[] Spiteful =
    [
        "null", "true", "0", "-1", "1", "0.5", "-0.0", "1e308", "-1e308", "1e-320", "1e400", "9223372036854775808", "4503599627370497", "1e15",
        "\"\"", "\"x\"", "\"2026-01-01\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"half a pair\"", "\"../../x\"", "\"lem\"", "\"3.0\"",
        "[]", "{}", "[null]", "[1e30,1e-30]", "[{}]", "{\"a\":{\"a\":[]}}", "[[[[[[[[]]]]]]]]",
    ];

    static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("LEM_FUZZ_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1_500;

    [Fact]
    public void Any_value_in_the_place_of_any_other()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var tree = JsonNode.Parse(Originals[random.Next(Originals.Length)])!; // no original is null
            for (var damage = random.Next(1, 5); damage > 0; damage--)
                Replace(tree, random);

            // The first half of a surrogate pair is JSON, but no text: nobody would write it down for us.
            AssertMigratesOrIsRefused(Encoding.UTF8.GetBytes(tree.ToJsonString().Replace("half a pair", "\\ud800", StringComparison.Ordinal)), round);
        }
    }

    [Fact]
    public void Any_byte_in_the_place_of_any_other_and_any_cut()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var bytes = (byte[])Originals[random.Next(Originals.Length)].Clone();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
                bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "\"{}[],:0-9e"u8[random.Next(11)];
            AssertMigratesOrIsRefused(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes, round);
        }
    }

    static void Replace(JsonNode tree, Random random)
    {
        List<JsonNode> places = [.. Places(tree)];
        var (place, value) = (places[random.Next(places.Count)], Spiteful[random.Next(Spiteful.Length)]);
        switch (place)
        {
            case JsonObject { Count: > 0 } map when random.Next(8) > 0:
                map[map.ElementAt(random.Next(map.Count)).Key] = JsonNode.Parse(value);
                break;
            case JsonObject { Count: > 0 } map:
                map.RemoveAt(random.Next(map.Count));
                break;
            case JsonArray { Count: > 0 } list:
                list[random.Next(list.Count)] = JsonNode.Parse(value);
                break;
        }
    }

    static IEnumerable<JsonNode> Places(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => Places(member.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Places).Prepend(list),
        _ => [],
    };

    static void AssertMigratesOrIsRefused(byte[] bytes, int round)
    {
        try
        {
            foreach (var result in OldFile.Guard("x.json", () => Migrated(OldFile.Parse(bytes, "x.json"))))
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(result, ResultsJson.Default.ExperimentResult);
                Assert.Equal(result.ExperimentId, ResultReader.ParseResult(json, "y.json").ExperimentId);
            }
        }
        catch (LemException e)
        {
            Assert.NotEmpty(e.Hint);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"round {round}: {e}");
        }
    }

    static List<ExperimentResult> Migrated(OldFile file)
    {
        List<OldRun> runs = file.Kind switch
        {
            OldKind.Cycles => Migrator.Cycles(file),
            OldKind.Llem => [new LlemReader(file, null, null).Read("fuzz")],
            OldKind.Aggregate => [new LemReader(file.Form, file.Schema ?? "", file.Content, [.. file.Content.Parts("process_results").Select(OldProcess.Of)], [file.Source]).Read("fuzz")],
            OldKind.Process => [new LemReader(file.Form, file.Schema ?? "", null, [OldProcess.Of(file.Content)], [file.Source]).Read("fuzz")],
            _ => [],
        };
        if (file.Kind == OldKind.TimeSeries)
            Assert.DoesNotContain("NaN", TimeSeriesForm.Lines(file, "gpu:0"), StringComparison.Ordinal);
        List<ExperimentResult> results = [.. runs.Select(run => MigratedResult.Of(run, MigratedResult.IdOf(run, run.Sources), "test"))];
        if (results.Count > 1)
            JsonSerializer.Serialize(Migrator.Statistics([.. results.Select(r => r with { ExperimentId = "fuzz" })], "fuzz"), ResultsJson.Default.MultiCycleResult);
        return results;
    }
}

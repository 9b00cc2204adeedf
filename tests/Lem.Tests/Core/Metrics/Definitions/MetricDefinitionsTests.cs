using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lem.Core.Metrics.Definitions;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Measurement.Engines.OpenAi.Dialects;
using Lem.Tests.Core.Results;
using Lem.Tests.Core.Results.Aggregation;
using Lem.Tests.Documentation;
using Xunit;

namespace Lem.Tests.Core.Metrics.Definitions;

public class MetricDefinitionsTests
{
    [Fact]
    public void Every_field_of_a_result_is_defined() =>
        Assert.DoesNotContain(Fields(), path => MetricDefinitions.Of(path) is null);

    [Fact]
    public void Every_figure_that_a_server_tells_has_a_definition_of_its_own() =>
        Assert.All(ServerStatistics(), path => Assert.DoesNotContain('*', MetricDefinitions.Of(path)!.Path));

    [Fact]
    public void Every_reason_why_there_is_no_steady_part_is_explained()
    {
        string[] reasons =
        [
            .. SourceCodes.Files.Where(file => file.Path.Contains("Metrics/Steady/", StringComparison.Ordinal))
                .SelectMany(file => Regex.Matches(file.Text, "None\\(Policy, \"([a-z_]+)\"").Select(match => match.Groups[1].Value))
                .Distinct(),
        ];

        Assert.True(reasons.Length >= 9, $"only {reasons.Length} codes were found");
        Assert.All(reasons, reason => Assert.Contains($"| `{reason}` |", MetricsDocument.Write(), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_definition_is_of_a_field()
    {
        var fields = Fields().ToList();

        Assert.DoesNotContain(MetricDefinitions.Parts.SelectMany(p => p.Definitions), d => !fields.Exists(d.Covers));
    }

    [Fact]
    public void No_field_is_defined_twice() =>
        Assert.DoesNotContain(MetricDefinitions.Parts.SelectMany(p => p.Definitions).CountBy(d => d.Path), d => d.Value > 1);

    [Fact]
    public void The_exact_definition_is_found_before_a_general_one()
    {
        Assert.Equal("W", MetricDefinitions.Of("energy_metrics.gpu_power_w")!.Unit);
        Assert.Equal("latency_stats.*.intervals.p99", MetricDefinitions.Of("latency_stats.ttft.intervals.p99")!.Path);
        Assert.Equal("baselines.**", MetricDefinitions.Of("baselines[].duration_sec")!.Path);
        Assert.Equal("baselines.power_w", MetricDefinitions.Of("baselines[].power_w")!.Path);
        Assert.Equal("campaign.**", MetricDefinitions.Of("campaign")!.Path);
        Assert.Null(MetricDefinitions.Of("energy_metrics.gpu_power"));
    }

    [Fact]
    public void The_document_is_written_from_the_definitions() => Snapshot.AssertMatches("docs/metrics.md", MetricsDocument.Write());

    /// <summary>The leaves of results that between them have everything.</summary>
    static IEnumerable<string> Fields() => ((RawRun[])[SampleRun.Gpus(), SampleRun.Cpu()])
        .Select(run => Aggregator.Aggregate(run, new AggregationOptions()))
        .SelectMany(result => Leaves(JsonSerializer.SerializeToNode(result, ResultsJson.Default.ExperimentResult), ""))
        .Concat(ServerStatistics())
        .Distinct();

    /// <summary>What a server that publishes everything leaves in a result.</summary>
    static IEnumerable<string> ServerStatistics()
    {
        var open = new ServerCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        var close = new ServerCounters(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        return ServerWatch.Between(open, [close], close).Statistics!.Select(member => $"process_results[].engine_statistics.{member.Key}");
    }

    static IEnumerable<string> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject interval when interval.ContainsKey("level") => [path],
        JsonObject { Count: > 0 } child => child.SelectMany(c => Leaves(c.Value, path.Length == 0 ? c.Key : $"{path}.{c.Key}")),
        JsonArray { Count: > 0 } list when list[0] is JsonObject => list.SelectMany(element => Leaves(element, path + "[]")),
        _ => [path],
    };
}

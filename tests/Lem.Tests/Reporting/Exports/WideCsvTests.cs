using System.Globalization;
using System.Text.Json;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Reporting.Exports;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Reporting.Exports;

public class WideCsvTests
{
    static readonly ExperimentResult Gpus = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions());
    static readonly ExperimentResult Cpu = Aggregator.Aggregate(SampleRun.Cpu(), new AggregationOptions());

    [Fact]
    public void Known_figures_stand_under_headers_with_their_unit()
    {
        var row = Rows(Gpus).Single();

        Assert.Equal("6000", row["total_energy_j"]);
        Assert.Equal("counter", row["total_energy_method"]);
        Assert.Equal("20", row["latency_stats.tpot.p90_ms"][..2]);
        Assert.Equal(100, double.Parse(row["ttft_p50_ms"], CultureInfo.InvariantCulture), 1e-6);
        Assert.Equal("c-1", row["campaign.id"]);
    }

    [Fact]
    public void What_is_not_known_is_NA_and_never_zero()
    {
        var rows = Rows(Gpus, Cpu);

        Assert.Equal("NA", rows[1]["gpu_energy_j"]);
        Assert.Equal("NA", rows[1]["kv_cache_hit_rate"]);
        Assert.Equal("NA", rows[1]["campaign"]);
    }

    [Fact]
    public void Full_precision_is_kept() =>
        Assert.Equal(Gpus.ExtendedMetrics.TokenEfficiencyIndex, double.Parse(Rows(Gpus).Single()["token_efficiency_index"], CultureInfo.InvariantCulture));

    [Fact]
    public void Findings_are_named() => Assert.Contains("cpu_estimate_shared_machine", Rows(Cpu).Single()["findings"], StringComparison.Ordinal);

    [Fact]
    public void Every_fixed_column_exists_in_a_result()
    {
        var paths = WideColumns.Fixed.Select(column => column.Path).ToList();

        // What stands in the configuration or the environment depends on the run; the rest is the result's own form.
        Assert.All(paths.Where(path => !path.StartsWith("effective_config.", StringComparison.Ordinal) && !path.StartsWith("environment.", StringComparison.Ordinal)), path =>
        {
            var parent = path.Contains('.', StringComparison.Ordinal) ? ResultLeaf.At(Tree(), path[..path.LastIndexOf('.')])!.AsObject() : Tree();
            Assert.True(parent.ContainsKey(path[(path.LastIndexOf('.') + 1)..]), path);
        });
        Assert.Equal(paths.Count, paths.Distinct().Count());
    }

    [Fact]
    public void Every_configuration_column_is_a_key_of_the_schema()
    {
        var defaults = JsonSerializer.SerializeToNode(new Lem.Core.Configuration.ExperimentConfig(), Lem.Core.Configuration.ConfigJson.Default.ExperimentConfig)!.AsObject();

        Assert.All(WideColumns.Fixed.Select(column => column.Path).Where(path => path.StartsWith("effective_config.", StringComparison.Ordinal)), path =>
        {
            var node = defaults;
            var names = path.Split('.')[1..];
            foreach (var name in names[..^1])
                node = node[name]!.AsObject();
            Assert.True(node.ContainsKey(names[^1]), path);
        });
    }

    [Fact]
    public void No_header_comes_twice()
    {
        var headers = Table(Gpus, Cpu)[0].Split(',');

        Assert.Equal(headers.Length, headers.Distinct().Count());
    }

    [Fact]
    public void Columns_after_the_fixed_ones_are_in_alphabetical_order()
    {
        var rest = Table(Gpus)[0].Split(',').SkipWhile(header => header != "findings").Skip(1).ToList();

        Assert.NotEmpty(rest);
        Assert.Equal(rest.Order(StringComparer.Ordinal), rest);
    }

    static System.Text.Json.Nodes.JsonObject Tree() => JsonSerializer.SerializeToNode(Gpus, ResultsJson.Default.ExperimentResult)!.AsObject();

    static List<Dictionary<string, string>> Rows(params ExperimentResult[] results)
    {
        var lines = Table(results);
        var headers = lines[0].Split(',');
        return [.. lines[1..].Select(line => headers.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    // The sample holds no text that needs quotes.
    static string[] Table(params ExperimentResult[] results)
    {
        using var output = new StringWriter();
        WideCsv.Write(output, () => results);
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}

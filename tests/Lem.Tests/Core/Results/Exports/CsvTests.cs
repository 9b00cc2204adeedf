using System.Text.Json;
using Lem.Core.Metrics.Definitions;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Exports;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Core.Results.Exports;

public class CsvTests
{
    static readonly ExperimentResult[] Results =
    [
        Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions()),
        Aggregator.Aggregate(SampleRun.Cpu(), new AggregationOptions()) with { ConfigName = "a, \"quoted\"\nname" },
    ];

    [Fact]
    public void Fields_are_quoted_where_needed_and_only_there()
    {
        var writer = new StringWriter();
        CsvRow.Write(writer, ["plain", "with, comma", "with \"quotes\"", "two\nlines", "", " spaces "]);

        Assert.Equal("plain,\"with, comma\",\"with \"\"quotes\"\"\",\"two\nlines\",, spaces \r\n", writer.ToString());
    }

    [Fact]
    public void Every_row_has_every_column_and_null_is_NA()
    {
        var rows = Parse(Wide());

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        Assert.Equal("a, \"quoted\"\nname", rows[2][rows[0].IndexOf("config_name")]);
        Assert.Equal("6000", rows[1][rows[0].IndexOf("energy_metrics.total_energy_j [J]")]);
        Assert.Equal("NA", rows[2][rows[0].IndexOf("energy_metrics.gpu_energy_j [J]")]);
        Assert.Equal("cpu_estimate_shared_machine", rows[2][rows[0].IndexOf("findings")]);
    }

    [Fact]
    public void The_columns_are_those_documented() =>
        Snapshot.AssertMatches("docs/schema/csv-wide.columns.txt", string.Join('\n', Parse(Wide())[0]) + "\n");

    [Fact]
    public void Every_extended_metric_stands_in_the_wide_and_the_long_form_and_in_the_lines()
    {
        List<string> extended = [.. MetricDefinitions.Parts.Single(part => part.Title == "Extended metrics").Definitions.Select(metric => metric.Path)];
        var columns = Parse(Wide())[0].Select(column => column.Split(' ')[0]).ToList();
        var lines = new StringWriter();
        JsonLines.Write(lines, Results);
        var tall = new StringWriter();
        CsvLong.Write(tall, Results);
        var metrics = Parse(tall.ToString()).Select(row => row[2]).ToList();

        Assert.True(extended.Count >= 20);
        Assert.All(extended, path => Assert.Contains(path, columns));
        // The long form has what can be averaged: everything that has a unit.
        Assert.All(extended.Where(path => MetricDefinitions.Of(path)?.Unit.Length > 0), path => Assert.Contains(path, metrics));
        Assert.All(lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
        {
            using var document = JsonDocument.Parse(line);
            Assert.All(extended, path => Assert.True(Has(document.RootElement, path), path));
        });
    }

    static bool Has(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
            if (!element.TryGetProperty(name, out element))
                return false;
        return true;
    }

    [Fact]
    public void Columns_without_a_place_of_their_own_come_last_by_name()
    {
        var columns = Parse(Wide())[0];

        Assert.Equal("experiment_id", columns[0]);
        Assert.True(columns.IndexOf("extended_metrics.tpot_ms [ms]") < columns.IndexOf("aggregation.complete"));
        Assert.True(columns.IndexOf("aggregation.complete") < columns.IndexOf("config_hash"));
    }

    [Fact]
    public void A_part_that_one_result_lacks_is_NA_in_each_of_its_columns()
    {
        var rows = Parse(Wide());

        Assert.DoesNotContain("campaign", rows[0]);
        Assert.Equal(("c-1", "NA"), (rows[1][rows[0].IndexOf("campaign.id")], rows[2][rows[0].IndexOf("campaign.id")]));
    }

    [Fact]
    public void The_tidy_form_has_one_row_per_metric_with_unit_interval_and_count()
    {
        var writer = new StringWriter();
        CsvLong.Write(writer, Results);
        var rows = Parse(writer.ToString());

        Assert.Equal(["experiment_id", "config_name", "metric", "unit", "value", "low", "high", "n"], rows[0]);
        Assert.Contains(rows, row => row[2..] is ["energy_metrics.joules_per_output_token", "J/token", "6.521739130434782", "NA", "NA", "NA"]);
        Assert.Contains(rows, row => row[2..] is ["latency_stats.e2e.p50", "ms", "1000", "1000", "1000", "20"]);
    }

    [Fact]
    public void Json_lines_hold_one_whole_result_each()
    {
        var writer = new StringWriter();
        JsonLines.Write(writer, Results);
        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Results.Select(r => r.ConfigName), lines.Select(line => JsonSerializer.Deserialize(line, ResultsJson.Default.ExperimentResult)!.ConfigName));
    }

    static string Wide()
    {
        var writer = new StringWriter();
        CsvWide.Write(writer, Results);
        return writer.ToString();
    }

    /// <summary>An independent reading of RFC 4180.</summary>
    static List<List<string>> Parse(string csv)
    {
        List<List<string>> rows = [[]];
        var field = "";
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (quoted && csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                field += csv[++i];
            else if (csv[i] == '"')
                quoted = !quoted;
            else if (!quoted && csv[i] is (',' or '\r'))
            {
                rows[^1].Add(field);
                field = "";
                if (csv[i] == '\r')
                {
                    rows.Add([]);
                    i++;
                }
            }
            else
                field += csv[i];
        }

        rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Core.Results;

public class ResultSchemaTests
{
    [Fact]
    public void The_example_is_what_the_code_writes() =>
        Snapshot.AssertMatches(
            "docs/schema/result-v3.example.json",
            JsonSerializer.Serialize(Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions()), ResultsJson.Readable.ExperimentResult) + "\n");

    [Fact]
    public void The_schema_is_that_of_the_types() => AssertMatches("docs/schema/result-v3.schema.json", ResultSchema.OfExperimentResult());

    [Fact]
    public void The_schema_over_cycles_is_that_of_the_types() =>
        AssertMatches("docs/schema/multi-cycle-v3.schema.json", ResultSchema.OfMultiCycleResult());

    [Fact]
    public void The_schema_of_a_comparison_is_that_of_the_types() =>
        AssertMatches("docs/schema/comparison-v3.schema.json", ResultSchema.OfComparison());

    [Fact]
    public void The_schema_of_energies_by_phase_is_that_of_the_types() =>
        AssertMatches("docs/schema/phase-energy-v3.schema.json", ResultSchema.OfPhaseEnergy());

    [Fact]
    public void The_schema_of_a_measured_program_is_that_of_the_types() =>
        AssertMatches("docs/schema/program-v3.schema.json", ResultSchema.OfProgram());

    [Fact]
    public void Every_field_is_required_and_energies_are_numbers_or_null()
    {
        var schema = ResultSchema.OfExperimentResult();
        var properties = schema["properties"]!.AsObject();

        Assert.Equal(properties.Select(p => p.Key), schema["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Equal("""["number","null"]""", properties["total_energy_j"]!["type"]!.ToJsonString());
        Assert.Equal("""["counter","integrated","estimated",null]""", properties["energy_metrics"]!["properties"]!["total_energy_method"]!["enum"]!.ToJsonString());
    }

    static void AssertMatches(string path, JsonObject schema) =>
        Snapshot.AssertMatches(path, schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
}

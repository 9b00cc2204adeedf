using System.Text.Json;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Listing;
using Lem.Core.Units;
using Lem.Reporting.Listings;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Reporting.Listings;

public class ExperimentEntryTests
{
    // 6000 J, 920 output tokens, 92 output tokens/s.
    static readonly ExperimentResult First = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions());

    [Fact]
    public void Cycles_are_means_and_of_energy_per_token_the_ratio_of_sums()
    {
        var second = First with
        {
            EnergyMetrics = First.EnergyMetrics with { TotalEnergyJ = new Joules(2000), TotalEnergyMethod = EnergyMethod.Estimated },
            InferenceMetrics = First.InferenceMetrics with { OutputTokens = 80, OutputTokensPerSecond = 8 },
        };

        var entry = ExperimentEntry.Of("x", [Digest(First), Digest(second)], ExperimentState.Unfinished, []);

        Assert.Equal(new Joules(4000), entry.TotalEnergyJ);
        Assert.Equal(EnergyMethod.Estimated, entry.TotalEnergyMethod);
        Assert.Equal(8000.0 / 1000, entry.JoulesPerOutputToken);
        Assert.Equal(50, entry.OutputTokensPerSecond!.Value, 1e-9);
        Assert.Equal((2, 3), (entry.Cycles, entry.RequestedCycles));
    }

    [Fact]
    public void One_cycle_without_energy_leaves_the_mean_unknown()
    {
        var unknown = First with { EnergyMetrics = First.EnergyMetrics with { TotalEnergyJ = null, TotalEnergyMethod = null } };

        var entry = ExperimentEntry.Of("x", [Digest(First), Digest(unknown)], ExperimentState.Aggregated, []);

        Assert.Null(entry.TotalEnergyJ);
        Assert.Null(entry.TotalEnergyMethod);
        Assert.Null(entry.JoulesPerOutputToken);
    }

    [Fact]
    public void A_finding_of_all_cycles_counts_once()
    {
        var entry = ExperimentEntry.Of("x", [Digest(First), Digest(First)], ExperimentState.Aggregated, [new("cycles_vary", FindingSeverity.Invalid)]);

        Assert.Equal(First.Findings.Count + 1, entry.Findings);
        Assert.Equal(FindingSeverity.Invalid, entry.Gravest);
    }

    static ResultDigest Digest(ExperimentResult result) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(result, ResultsJson.Default.ExperimentResult), ListingJson.Default.ResultDigest)!; // a result is no null
}

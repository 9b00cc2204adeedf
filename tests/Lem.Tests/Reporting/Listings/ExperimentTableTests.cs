using Lem.Core.Results;
using Lem.Core.Units;
using Lem.Reporting.Listings;
using Lem.Reporting.Tables;
using Xunit;

namespace Lem.Tests.Reporting.Listings;

public class ExperimentTableTests
{
    static readonly ExperimentEntry Entry = new(
        "20260131T120000Z-sweep-4e5f6a7b", new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), "sweep", "synthetic:15m", "llamacpp", 3, 3, ExperimentState.Aggregated,
        new Joules(1234), EnergyMethod.Estimated, 0.0268, 120, 56, 2, FindingSeverity.Warning);

    [Fact]
    public void A_row_says_what_ran_and_what_it_cost() =>
        Assert.Equal(
            [
                "ID        WHEN (UTC)        CONFIG    MODEL          BACKEND        ENERGY  J/TOKEN  TOK/S  !",
                "4e5f6a7b  2026-01-31 12:00  sweep ×3  synthetic:15m  llamacpp  1.23 kJ est  26.8 mJ   56.0  2",
            ],
            ExperimentTable.Render([Entry]));

    [Theory]
    [InlineData(ExperimentState.NotAggregated, "raw only")]
    [InlineData(ExperimentState.Running, "running")]
    [InlineData(ExperimentState.Unfinished, "unfinished")]
    [InlineData(ExperimentState.Incomplete, "incomplete")]
    public void What_has_no_result_says_how_far_it_came(ExperimentState state, string word) =>
        Assert.Contains($" {word} ", ExperimentTable.Render([new("20260131T120000Z-a-4e5f6a7b", null, null, null, null, 0, 3, state)])[1], StringComparison.Ordinal);

    [Fact]
    public void The_worst_names_fit_on_a_screen()
    {
        var wide = Entry with
        {
            Id = "20260131T130000Z-wide-0a1b2c3d",
            ConfigName = new string('c', 80),
            ModelName = "meta-llama/Llama-3.1-405B-Instruct-FP8-of-some-vendor",
            TotalEnergyMethod = EnergyMethod.Integrated,
            Findings = 12,
            Gravest = FindingSeverity.Invalid,
        };

        Assert.All(ExperimentTable.Render([wide, Entry]), line => Assert.True(line.Length <= PlainTable.Width, line));
    }
}

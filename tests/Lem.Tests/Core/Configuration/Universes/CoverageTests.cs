using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Engines.Universes;
using Xunit;

namespace Lem.Tests.Core.Configuration.Universes;

public sealed class CoverageTests
{
    [Theory]
    [InlineData(Backend.Vllm, 0.90)]
    [InlineData(Backend.Tensorrt, 0.95)]
    public void Nearly_all_that_can_change_energy_or_speed_can_be_said(Backend backend, double bar)
    {
        var coverage = Coverage.Of(backend)!; // Recorded for both.

        Assert.True(coverage.Relevant.Count > 100, $"{coverage.Relevant.Count}");
        Assert.True(coverage.Share >= bar, $"{coverage.Covered} of {coverage.Relevant.Count}; missing: {string.Join(", ", coverage.Missing)}");
    }

    [Theory]
    [InlineData(Backend.Vllm)]
    [InlineData(Backend.Tensorrt)]
    public void Every_argument_says_where_it_is_from_and_why_it_matters_or_not(Backend backend)
    {
        var universe = EngineUniverse.Of(backend)!; // Recorded for both.

        Assert.All(universe.Lists, list => Assert.Equal(list.Arguments.Count, list.Arguments.DistinctBy(argument => argument.Name).Count()));
        Assert.All(universe.Lists.SelectMany(list => list.Arguments), argument => Assert.True(argument.Reason.Length > 3, argument.Name));
        Assert.All(universe.Lists.SelectMany(list => list.Arguments).Where(argument => argument.Type == "choice"), argument => Assert.NotEmpty(argument.Choices!));
        Assert.NotEmpty(universe.Sources);
    }

    [Theory]
    [InlineData(Backend.Vllm)]
    [InlineData(Backend.Tensorrt)]
    public void A_row_and_its_argument_agree_on_whether_it_matters_and_on_choices(Backend backend)
    {
        var arguments = EngineUniverse.Of(backend)!.Lists.Where(list => list.Counts).SelectMany(list => list.Arguments).ToLookup(argument => argument.Name);

        foreach (var row in ParameterTables.For(backend).Parameters)
            foreach (var argument in arguments[row.Name])
            {
                Assert.True(row.IsRelevant == argument.Relevant, row.Name);
                if (argument.Type == "choice" && row.Shape is Lem.Core.Configuration.Schema.ChoiceShape choice)
                    Assert.True(choice.Choices.All(argument.Choices!.Contains), row.Name);
            }
    }

    [Fact]
    public void An_engine_without_a_recorded_list_has_no_coverage() => Assert.Null(Coverage.Of(Backend.Openai));
}

using Lem.Core.Configuration;
using Lem.Reporting.Listings;
using Xunit;

namespace Lem.Tests.Reporting.Listings;

public class ExperimentSelectionTests
{
    const string Old = "20260130T080000Z-sample-0a1b2c3d";
    const string Cycles = "20260131T120000Z-sweep-4e5f6a7b";

    static readonly string[] Windows = [Old, $"{Cycles}_c1", $"{Cycles}_c2"];

    [Theory]
    [InlineData("latest", Cycles)]
    [InlineData(Old, Old)]
    [InlineData("20260130", Old)]
    [InlineData("0a1b2c3d", Old)]
    [InlineData(Cycles, Cycles)]
    [InlineData("4e5f6a7b", Cycles)]
    [InlineData("4e5f6a7b_c2", Cycles + "_c2")]
    [InlineData(Cycles + "_c1", Cycles + "_c1")]
    public void Ids_are_known_by_less_than_the_whole(string text, string id) => Assert.Equal(id, ExperimentSelection.Select(text, Windows));

    [Fact]
    public void What_may_be_two_is_neither()
    {
        var error = Assert.Throws<ConfigException>(() => ExperimentSelection.Select("202601", Windows));

        Assert.Contains(Old, error.Message, StringComparison.Ordinal);
        Assert.Contains(Cycles, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("1b2c3d")]
    [InlineData("")]
    public void What_is_none_is_a_mistake(string text) =>
        Assert.Equal("ID", Assert.Single(Assert.Throws<ConfigException>(() => ExperimentSelection.Select(text, Windows)).Errors).Path);

    [Fact]
    public void An_empty_directory_is_told_as_such() =>
        Assert.Contains("--results-dir", Assert.Throws<ConfigException>(() => ExperimentSelection.Select("latest", [])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_short_name_means_its_experiment()
    {
        string[] ids = [Old, Cycles, "20260201T000000Z-twin-0a1b2c3d"];

        Assert.Equal(["20260130T080000Z-sample-0a1b2c3d", "4e5f6a7b", "20260201T000000Z-twin-0a1b2c3d"], ExperimentSelection.ShortNames(ids));
        Assert.Equal(ids, ExperimentSelection.ShortNames(ids).Select(name => ExperimentSelection.Select(name, ids)));
    }
}

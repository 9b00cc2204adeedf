using Xunit;

namespace Lem.Tests.Architecture;

public sealed class LayersTests
{
    static readonly Layers House = new("House", new Dictionary<string, string[]>
    {
        ["House.Cellar"] = [],
        ["House.Kitchen"] = ["House.Cellar", "House.Garden.IHerb"],
        ["House.Garden"] = [],
        ["House.Roof"] = ["House"],
    });

    [Theory]
    [InlineData("House.Kitchen.Stove", "House.Kitchen.Pots.Pot")] // itself
    [InlineData("House.Kitchen.Stove", "House.Cellar.Wine.Bottle")] // a part it may know, and below
    [InlineData("House.Kitchen.Stove", "House.Garden.IHerb")] // a single type
    [InlineData("House.Kitchen.Stove", "System.String")] // not of the house
    [InlineData("House.Roof.Tile", "House.Garden.Tree")] // knows all
    [InlineData("System.Generated", "House.Garden.Tree")] // not ours to judge
    public void What_a_part_may_know_is_no_breach(string from, string to) => Assert.Empty(House.Breaches([new Reference(from, to)]));

    [Theory]
    [InlineData("House.Cellar.Bottle", "House.Kitchen.Stove")] // downwards only
    [InlineData("House.Kitchen.Stove", "House.Garden.Tree")] // a neighbour of the type it may know
    [InlineData("House.Kitchen.Stove", "House.Garden.IHerbs")] // a name that only begins alike
    [InlineData("House.Kitchen.Stove", "House.CellarDoor")] // a namespace that only begins alike
    public void What_a_part_may_not_know_is_a_breach(string from, string to)
        => Assert.Equal([$"{from[..from.LastIndexOf('.')]} must not know {to}: {from} uses {to}"], House.Breaches([new Reference(from, to)]));

    [Fact]
    public void The_innermost_part_judges()
    {
        var nested = new Layers("House", new Dictionary<string, string[]> { ["House"] = [], ["House.Attic"] = ["House.Roof"] });

        Assert.Empty(nested.Breaches([new Reference("House.Attic.Box", "House.Roof.Tile")]));
        Assert.Single(nested.Breaches([new Reference("House.Attic.Box", "House.Door")]));
    }

    [Fact]
    public void A_folder_without_a_rule_is_a_breach()
        => Assert.Equal(["House.Shed.Saw belongs to no part: give its folder a rule"],
            House.Breaches([new Reference("House.Shed.Saw", "House.Garden.Tree")]));
}

using Lem.Reporting.Tables;
using Xunit;

namespace Lem.Tests.Reporting.Tables;

public class PlainTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_numbers_stand_to_the_right() =>
        Assert.Equal(
            ["NAME    J", "a     1.5", "long    –"],
            new PlainTable(new TableColumn("NAME"), new TableColumn("J", RightAligned: true)).Render([["a", "1.5"], ["long", null]]));

    [Fact]
    public void Elastic_columns_give_way_and_keep_both_ends()
    {
        var table = new PlainTable(new TableColumn("ID"), new TableColumn("MODEL", Elastic: true));

        Assert.Equal(["ID        MODEL", "12345678  sweep_…8_f16"], table.Render([["12345678", "sweep_over_batches_b8_f16"]], width: 22));
    }

    [Fact]
    public void What_is_not_elastic_is_never_cut() =>
        Assert.Equal(["ID", "0123456789"], new PlainTable(new TableColumn("ID")).Render([["0123456789"]], width: 5));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "lo…er")]
    public void A_text_is_cut_in_its_middle(string text, int width, string shown) => Assert.Equal(shown, PlainTable.Shorten(text, width));
}

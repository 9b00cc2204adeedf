using Lem.Core.Results;
using Lem.Reporting.Summaries;
using Lem.Reporting.Tables;
using Xunit;

namespace Lem.Tests.Reporting.Summaries;

public class FindingLinesTests
{
    [Fact]
    public void The_gravest_comes_first_with_its_way_out() =>
        Assert.Equal(
            ["", "  ✗ Bad. [bad]", "  ! Doubtful. [doubtful]", "      → Do this.", "  · Fine. [fine]"],
            FindingLines.Render(
            [
                new("fine", FindingSeverity.Info, "Fine."),
                new("doubtful", FindingSeverity.Warning, "Doubtful.", Hint: "Do this."),
                new("bad", FindingSeverity.Invalid, "Bad."),
            ]));

    [Fact]
    public void Many_of_a_kind_are_told_once() =>
        Assert.Equal(
            ["", "  ! Metric 1 varies. [varies, and 4 more of this kind]", "  · Fine. [fine]"],
            FindingLines.Render(
            [
                new("fine", FindingSeverity.Info, "Fine."),
                .. Enumerable.Range(1, 5).Select(n => new Finding("varies", FindingSeverity.Warning, $"Metric {n} varies.")),
            ]));

    [Fact]
    public void Long_findings_are_broken_into_lines()
    {
        var words = string.Join(' ', Enumerable.Repeat("energy", 60));

        Assert.All(FindingLines.Render([new("code", FindingSeverity.Info, words, Hint: words)]), line => Assert.True(line.Length <= PlainTable.Width, line));
    }
}

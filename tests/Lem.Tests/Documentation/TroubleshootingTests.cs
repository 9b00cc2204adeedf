using Xunit;

namespace Lem.Tests.Documentation;

/// <summary>Whoever meets a code on the screen or in a file finds it in docs/troubleshooting.md.</summary>
public sealed class TroubleshootingTests
{
    static readonly Document Page = Document.Read("docs/troubleshooting.md");

    [Fact]
    public void Every_finding_is_explained() => AllAreNamed(SourceCodes.Files.SelectMany(file => SourceCodes.Findings(file.Text)), atLeast: 25);

    [Fact]
    public void Every_reason_why_an_energy_is_not_measured_is_explained() =>
        AllAreNamed(SourceCodes.Files.SelectMany(file => SourceCodes.Reasons(file.Text)), atLeast: 12);

    [Fact]
    public void Every_reason_why_a_reading_or_a_window_has_no_value_is_explained() =>
        AllAreNamed(
            SourceCodes.Files.Where(file => file.Path.Contains("Lem.Measurement/Energy/", StringComparison.Ordinal)).SelectMany(file => SourceCodes.ReadingReasons(file.Text)),
            atLeast: 15);

    [Fact]
    public void Every_reason_why_a_field_of_a_result_is_null_is_explained() =>
        AllAreNamed(
            SourceCodes.Files.Where(file => file.Path.Contains("Lem.Core/Results/Aggregation/", StringComparison.Ordinal)).SelectMany(file => SourceCodes.FieldReasons(file.Text)),
            atLeast: 35);

    // Fewer codes than there once were means that the search has gone blind, not that doubt has left the world.
    static void AllAreNamed(IEnumerable<string> codes, int atLeast)
    {
        List<string> distinct = [.. codes.Distinct().Order(StringComparer.Ordinal)];

        Assert.True(distinct.Count >= atLeast, $"only {distinct.Count} codes were found");
        Assert.DoesNotContain(distinct, code => !Page.NamesInCode(code));
    }
}

using Lem.Core.Results.Comparison;
using Lem.Reporting.Comparisons;
using Lem.Tests.Core.Results.Comparison;
using Xunit;

namespace Lem.Tests.Reporting.Comparisons;

public class ComparisonTextTests
{
    static readonly double[] A = [100, 101, 99, 100.5, 99.5];
    static readonly Contender Fp16 = SampleSides.Load("fp16", A);

    [Fact]
    public void What_holds_up_is_said_with_its_interval() =>
        Assert.Equal("int8 uses 4.1 % less energy per output token than fp16 (95 %: 3.0…5.2 %)", Sentence(Fp16, Times("int8", 0.959)));

    [Fact]
    public void More_is_said_as_more() =>
        Assert.Equal("fp32 uses 12 % more energy per output token than fp16 (95 %: 11…13 %)", Sentence(Fp16, Times("fp32", 1.12)));

    [Fact]
    public void What_does_not_hold_up_says_how_many_cycles_would_and_never_that_there_is_no_difference()
    {
        var sentence = Sentence(Fp16, Times("int8", 0.998));

        Assert.Matches(@"^these 5 cycles cannot tell fp16 and int8 apart; about 24\d would, if the 0\.20 % seen is the true difference \(95 %: 1\.3 % less … 0\.96 % more\)$", sentence);
        Assert.DoesNotContain("no difference", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_at_all_is_seen_no_number_of_cycles_is_promised() =>
        Assert.Contains("no number of cycles would", Sentence(Fp16, Times("same", 1)), StringComparison.Ordinal);

    [Fact]
    public void A_finding_that_is_lost_among_many_says_so()
    {
        Contender[] sides = [Fp16, Times("b", 0.988), Times("c", 1), Times("d", 1), Times("e", 1)];
        var metric = ConfigurationComparer.Compare(sides, [SampleSides.PerToken]).Metrics[0];

        Assert.Contains("but not among 4 comparisons (Holm: 0.", ComparisonWords.Sentence(metric, metric.Pairs[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void One_cycle_is_called_chance() =>
        Assert.Equal(
            "int8 uses 5.0 % less energy per output token than fp16 as measured once: there is neither interval nor test, and it may be chance",
            Sentence(SampleSides.Load("fp16", 100), SampleSides.Load("int8", 95)));

    [Theory]
    [InlineData(0.0411, "4.1 %")]
    [InlineData(-0.0411, "4.1 %")]
    [InlineData(0.123, "12 %")]
    [InlineData(0.0035, "0.35 %")]
    [InlineData(0.0996, "10 %")]
    [InlineData(0.0004, "0.040 %")]
    public void Percentages_have_two_figures(double fraction, string expected) => Assert.Equal(expected, ComparisonWords.Percent(fraction));

    [Fact]
    public void The_whole_page_names_reference_metrics_tests_and_doubts()
    {
        var page = ComparisonText.Render(ConfigurationComparer.Compare([Fp16, Times("int8", 0.959)], ComparedMetric.Headlines));

        Assert.Contains(page, line => line.StartsWith("fp16 (reference)", StringComparison.Ordinal));
        Assert.Contains("energy per output token", page);
        Assert.Contains(page, line => line.StartsWith("  int8  104 mJ/token", StringComparison.Ordinal));
        Assert.Contains(page, line => line.Contains("Welch t, p = ", StringComparison.Ordinal) && line.Contains("permutation p = 0.00794", StringComparison.Ordinal));
        Assert.Contains(page, line => line.Contains("compare_one_load_each", StringComparison.Ordinal));
        Assert.All(page, line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void As_csv_each_pair_is_a_row_with_full_numbers()
    {
        using var text = new StringWriter();

        ComparisonCsv.Write(text, ConfigurationComparer.Compare([Fp16, Times("int8", 0.5), SampleSides.Load("once", 50)], [SampleSides.PerToken]));

        var rows = text.ToString().TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.Equal(["fp16", "int8", "welch", "5", "5"], rows[1][2..7]);
        Assert.Equal(0.5, double.Parse(rows[1][9], System.Globalization.CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal("lower", rows[1][14]);
        Assert.Equal(["not_tested", "NA", "NA", "NA", "NA", "single_cycle"], rows[2][14..]);
    }

    static Contender Times(string name, double factor) => SampleSides.Load(name, [.. A.Select(joules => joules * factor)]);

    static string Sentence(params IReadOnlyList<Contender> sides)
    {
        var metric = ConfigurationComparer.Compare(sides, [SampleSides.PerToken]).Metrics[0];
        return ComparisonWords.Sentence(metric, metric.Pairs[0]);
    }
}

using Lem.Core.Results.Comparison;
using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Results.Comparison;

public class ConfigurationComparerTests
{
    static readonly double[] A = [100, 101, 99, 100.5, 99.5];
    static readonly double[] B = [.. A.Select(joules => joules * 0.95)];

    [Fact]
    public void Ratio_interval_and_p_are_those_of_Welch_on_logarithms()
    {
        var pair = Compare(SampleSides.Load("a", A), SampleSides.Load("b", B));

        // Equal spreads: se = √(2·s²/5) at 8 degrees.
        var se = Math.Sqrt(2.0 / 5) * Descriptive.StandardDeviation([.. A.Select(joules => Math.Log(joules))])!.Value;
        Assert.Equal(0.95, pair.Ratio!.Value, 1e-12);
        Assert.Equal(0.95 * Math.Exp(2.3060041350 * se), pair.Interval!.High, 1e-9);
        Assert.Equal(StudentTails.Outside(Math.Log(0.95) / se, 8), pair.P!.Value, 1e-12);
        Assert.Equal(("welch", ComparisonVerdict.Lower), (pair.Design, pair.Verdict));
        Assert.Null(pair.CyclesNeeded);
    }

    [Fact]
    public void The_other_way_round_it_is_higher_by_the_reciprocal()
    {
        var pair = Compare(SampleSides.Load("b", B), SampleSides.Load("a", A));

        Assert.Equal(1 / 0.95, pair.Ratio!.Value, 1e-12);
        Assert.Equal(ComparisonVerdict.Higher, pair.Verdict);
    }

    [Fact]
    public void What_cannot_be_told_apart_says_how_many_cycles_would()
    {
        var pair = Compare(SampleSides.Load("a", A), SampleSides.Load("b", [.. A.Select(joules => joules * 0.998)]));

        Assert.Equal(ComparisonVerdict.CannotTell, pair.Verdict);
        Assert.InRange(pair.CyclesNeeded!.Value, 200, 300); // 2·(2.8·0.0079/0.002)²
        Assert.True(pair.SmallestRatio > 1.01);
    }

    [Fact]
    public void Cycles_that_a_campaign_interleaved_are_pairs()
    {
        // A drift of ten percent, alike in both: only pairs see through it.
        double[] drift = [100, 103, 105, 108, 110];
        double[] lower = [96.1, 98.8, 100.7, 103.8, 105.5];
        var interleaved = Compare(SampleSides.Campaign("ABBAABBAAB", drift, lower));
        var grouped = Compare(SampleSides.Campaign("AAAAABBBBB", drift, lower));

        Assert.Equal(("paired_by_cycle", ComparisonVerdict.Lower), (interleaved.Design, interleaved.Verdict));
        Assert.Equal("paired_t_of_logs", interleaved.Interval!.Method);
        Assert.Equal(("welch", ComparisonVerdict.CannotTell), (grouped.Design, grouped.Verdict));
        Assert.Equal(interleaved.Ratio!.Value, grouped.Ratio!.Value, 1e-12);
    }

    [Fact]
    public void Several_windows_of_a_load_count_once_where_there_are_several_loads()
    {
        var twice = Contender.From([SampleSides.Windows("a1", 100, 102), SampleSides.Windows("a2", 104, 106)]);
        var side = new Contender("a", [.. twice.SelectMany(load => load.Windows)]);

        Assert.Equal(2, side.Repetitions);
        Assert.Equal(2, ConfigurationComparer.Compare([side, SampleSides.Load("b", B)], [SampleSides.PerToken]).Metrics[0].Values[0].N);
    }

    [Fact]
    public void Five_cycles_reach_an_exact_p_and_three_do_not()
    {
        var five = Compare(SampleSides.Load("a", A), SampleSides.Load("b", B));
        var three = Compare(SampleSides.Load("a", A[..3]), SampleSides.Load("b", B[..3]));

        Assert.Equal(2.0 / 252, five.PermutationP!.Value, 1e-12);
        Assert.Equal(0.95, five.HodgesLehmann!.Value, 1e-9);
        Assert.Null(three.PermutationP);
        Assert.Null(three.HodgesLehmann);
    }

    [Fact]
    public void Among_many_comparisons_each_needs_more()
    {
        double[] slightly = [.. A.Select(joules => joules * 0.988)];
        Contender[] sides = [SampleSides.Load("a", A), SampleSides.Load("b", slightly), .. Enumerable.Range(0, 4).Select(i => SampleSides.Load($"same{i}", A))];

        var pairs = ConfigurationComparer.Compare(sides, [SampleSides.PerToken]).Metrics[0].Pairs;

        Assert.Equal(5, pairs.Count);
        Assert.InRange(pairs[0].P!.Value, 0.01, 0.05);
        Assert.Equal(5 * pairs[0].P!.Value, pairs[0].HolmP!.Value, 1e-12);
        Assert.Equal(ComparisonVerdict.CannotTell, pairs[0].Verdict);
    }

    [Fact]
    public void All_pairs_are_every_one_with_every_earlier_one()
    {
        Contender[] sides = [SampleSides.Load("a", A), SampleSides.Load("b", B), SampleSides.Load("c", A)];

        var all = ConfigurationComparer.Compare(sides, [SampleSides.PerToken], allPairs: true);
        var chosen = ConfigurationComparer.Compare(sides, [SampleSides.PerToken], sides[1]);

        Assert.Null(all.Reference);
        Assert.Equal(["a-b", "a-c", "b-c"], all.Metrics[0].Pairs.Select(pair => $"{pair.Reference}-{pair.Subject}"));
        Assert.Equal("b", chosen.Reference);
        Assert.Equal(["b-a", "b-c"], chosen.Metrics[0].Pairs.Select(pair => $"{pair.Reference}-{pair.Subject}"));
    }

    [Fact]
    public void One_cycle_gives_a_ratio_and_no_test()
    {
        var pair = Compare(SampleSides.Load("a", A), SampleSides.Load("b", 95));

        Assert.Equal((ComparisonVerdict.NotTested, "single_cycle"), (pair.Verdict, pair.Reason));
        Assert.NotNull(pair.Ratio);
        Assert.Null(pair.Interval);
    }

    [Fact]
    public void Energies_below_idle_have_no_ratio()
    {
        var adjusted = ComparedMetric.Headlines[1];

        var pair = ConfigurationComparer.Compare([SampleSides.Load("a", A), SampleSides.Load("b", 49, 51)], [adjusted]).Metrics[0].Pairs[0];

        Assert.Equal((ComparisonVerdict.NotTested, "not_positive"), (pair.Verdict, pair.Reason));
        Assert.Null(pair.Ratio);
    }

    [Fact]
    public void A_baseline_that_all_cycles_of_a_side_share_widens_the_interval_of_what_is_above_it()
    {
        var adjusted = ComparedMetric.Headlines[1];
        Contender Side(string name, double[] joules, double variance) => SampleSides.Load(name, joules).With(window => window with { Baselines = [SampleSides.Idle(variance)] });

        var exact = ConfigurationComparer.Compare([Side("a", A, 0), Side("b", B, 0)], [adjusted]).Metrics[0].Pairs[0];
        var shared = ConfigurationComparer.Compare([Side("a", A, 0.04), Side("b", B, 0.04)], [adjusted]).Metrics[0].Pairs[0];

        // 0.2 W over 10 s are 2 J of the 50 J above idle of A, and of the 45 J of B.
        Assert.Equal(exact.Ratio!.Value, shared.Ratio!.Value, 1e-12);
        Assert.True(Math.Log(shared.Interval!.High / shared.Interval.Low) > 3 * Math.Sqrt(0.04 * 0.04 + 0.0444 * 0.0444));
        Assert.True(Math.Log(exact.Interval!.High / exact.Interval.Low) < 0.06);
    }

    [Fact]
    public void Any_figure_of_a_result_can_be_compared()
    {
        var metric = ComparedMetric.At("latency_stats.ttft.p50")!;
        var sides = new[] { SampleSides.Load("a", A), SampleSides.Load("b", B) };

        Assert.Equal(100, ConfigurationComparer.Compare(sides, [metric]).Metrics[0].Values[0].Mean!.Value, 1e-9);
        Assert.Equal("no_spread", ConfigurationComparer.Compare(sides, [metric]).Metrics[0].Pairs[0].Reason);
        Assert.Null(ComparedMetric.At("energy_metrics.nonsense"));
        Assert.Null(ComparedMetric.At("config_name"));
    }

    static PairComparison Compare(params IReadOnlyList<Contender> sides) => ConfigurationComparer.Compare(sides, [SampleSides.PerToken]).Metrics[0].Pairs[0];
}

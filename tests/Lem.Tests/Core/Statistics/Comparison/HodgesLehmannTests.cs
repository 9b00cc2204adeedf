using Lem.Core.Statistics.Comparison;
using Xunit;

namespace Lem.Tests.Core.Statistics.Comparison;

/// <summary>Known answers: Hollander and Wolfe, as in R's <c>wilcox.test(…, conf.int = TRUE)</c>.</summary>
public class HodgesLehmannTests
{
    [Fact]
    public void Depression_scores_before_and_after_tranquillizer_fall_by_0_46()
    {
        double[] before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

        Assert.Equal(-0.46, HodgesLehmann.OfDifferences(MeanDifference.Differences(before, after))!.Value, 1e-9);
    }

    [Fact]
    public void Permeability_at_term_and_between_12_and_26_weeks_differs_by_0_305()
    {
        double[] atTerm = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
        double[] earlier = [1.15, 0.88, 0.90, 0.74, 1.21];

        Assert.Equal(-0.305, HodgesLehmann.OfSamples(atTerm, earlier)!.Value, 1e-9);
    }

    [Fact]
    public void A_wild_value_hardly_moves_it() => Assert.InRange(HodgesLehmann.OfSamples([1, 2, 3, 4, 5], [3, 4, 5, 6, 7000])!.Value, 1.9, 3.1);

    [Fact]
    public void Nothing_gives_nothing()
    {
        Assert.Null(HodgesLehmann.OfDifferences([]));
        Assert.Null(HodgesLehmann.OfSamples([1], []));
    }
}

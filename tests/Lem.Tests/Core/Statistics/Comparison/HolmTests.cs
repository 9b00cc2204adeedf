using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics.Comparison;
using Xunit;

namespace Lem.Tests.Core.Statistics.Comparison;

public class HolmTests
{
    [Fact]
    public void Adjusts_as_R_does()
    {
        // p.adjust(c(0.03, 0.01, 0.02, 0.04), "holm")
        double[] expected = [0.06, 0.04, 0.06, 0.06];

        Assert.Equal(expected, Holm.Adjust([0.03, 0.01, 0.02, 0.04]).Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void The_smallest_must_stay_below_the_level_of_all_and_the_largest_below_its_own() =>
        Assert.Equal([0.025, 0.05 / 3, 0.05], Holm.Levels([0.03, 0.01, 0.04]));

    [Fact]
    public void A_single_test_is_left_as_it_is() => Assert.Equal([0.04], Holm.Adjust([0.04]));

    [Fact]
    public void Adjusted_values_keep_their_order_and_never_fall() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyArray<ushort>>(),
                sample =>
                {
                    double[] p = [.. sample.Get.Select(v => v / 65535.0)];
                    var adjusted = Holm.Adjust(p);
                    return Enumerable.Range(0, p.Length).All(i => adjusted[i] >= p[i] && adjusted[i] <= 1)
                        && Enumerable.Range(0, p.Length).All(i => Enumerable.Range(0, p.Length).All(j => p[i] > p[j] || adjusted[i] <= adjusted[j]));
                })
            .QuickCheckThrowOnFailure();
}

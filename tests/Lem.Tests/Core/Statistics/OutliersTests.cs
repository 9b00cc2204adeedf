using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class OutliersTests
{
    [Fact]
    public void A_value_far_from_the_rest_is_flagged() => Assert.Equal([3], Outliers.ByModifiedZ([10, 11, 9, 30, 10.5]));

    [Fact]
    public void The_limit_is_three_and_a_half()
    {
        // Median 0, MAD 1: modified z = 0.6745·x, so 5.18 is inside and 5.20 outside.
        Assert.Empty(Outliers.ByModifiedZ([-1, -1, 0, 1, 5.18]));
        Assert.Equal([4], Outliers.ByModifiedZ([-1, -1, 0, 1, 5.20]));
    }

    [Fact]
    public void Among_mostly_equal_values_the_different_one_is_flagged() =>
        Assert.Equal([9], Outliers.ByModifiedZ([5, 5, 5, 5, 5, 5, 5, 5, 5, 6]));

    [Fact]
    public void Fewer_than_five_values_have_no_outliers() => Assert.Empty(Outliers.ByModifiedZ([1, 1, 1, 1000]));

    [Fact]
    public void Equal_values_have_no_outliers() => Assert.Empty(Outliers.ByModifiedZ([2, 2, 2, 2, 2]));
}

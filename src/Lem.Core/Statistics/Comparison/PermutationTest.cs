using MathNet.Numerics;

namespace Lem.Core.Statistics.Comparison;

/// <summary>
/// Exact two-sided tests that suppose no distribution: the share of all arrangements of the values that differ at least as much as the one
/// that was measured. The measured one counts, so that p is never zero (Fisher 1935).
/// </summary>
public static class PermutationTest
{
    /// <summary>More arrangements are not enumerated: with so many values t is as good.</summary>
    public const double MostArrangements = 1 << 22;

    // Sums of the same values in another order differ in their last digits.
    const double Tie = 1e-9;

    /// <summary>Smallest p that pairs can reach: 2 of the 2ⁿ patterns of signs. 0.25 at three pairs, 0.031 at six.</summary>
    public static double SmallestOfPairs(int pairs) => Math.Pow(2, 1 - pairs);

    /// <summary>Smallest p that two samples can reach: 0.10 at three and three, 0.0079 at five and five.</summary>
    public static double SmallestOfSamples(int first, int second) => (first == second ? 2 : 1) / SpecialFunctions.Binomial(first + second, first);

    /// <summary>Signs of the differences flipped in every way; null above <see cref="MostArrangements"/>.</summary>
    public static double? OfDifferences(ReadOnlySpan<double> differences)
    {
        if (Math.Pow(2, differences.Length) > MostArrangements)
            return null;
        var values = differences.ToArray();
        var measured = Math.Abs(Descriptive.Sum(values)) - Tie * values.Sum(Math.Abs);

        long extreme = 0;
        void Flip(int next, double sum)
        {
            if (next < values.Length)
            {
                Flip(next + 1, sum + values[next]);
                Flip(next + 1, sum - values[next]);
            }
            else if (Math.Abs(sum) >= measured)
                extreme++;
        }

        Flip(0, 0);
        return extreme / Math.Pow(2, values.Length);
    }

    /// <summary>Values dealt to the two sides in every way; null above <see cref="MostArrangements"/>.</summary>
    public static double? OfSamples(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var arrangements = SpecialFunctions.Binomial(first.Length + second.Length, first.Length);
        if (arrangements > MostArrangements)
            return null;

        // Centred, the difference of means is proportional to the sum of one side.
        double[] values = [.. first, .. second];
        var mean = Descriptive.Sum(values) / values.Length;
        for (var i = 0; i < values.Length; i++)
            values[i] -= mean;
        var measured = Math.Abs(Descriptive.Sum(values.AsSpan(0, first.Length))) - Tie * values.Sum(Math.Abs);

        long extreme = 0;
        void Deal(int next, int left, double sum)
        {
            if (left == 0)
                extreme += Math.Abs(sum) >= measured ? 1 : 0;
            else if (values.Length - next >= left)
            {
                Deal(next + 1, left - 1, sum + values[next]);
                Deal(next + 1, left, sum);
            }
        }

        Deal(0, first.Length, 0);
        return extreme / arrangements;
    }
}

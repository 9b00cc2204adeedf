using Lem.Core.Statistics;

namespace Lem.Benchmarks.Coverage;

/// <summary>One row of the table: data of a known truth, and the interval that is asked to contain it.</summary>
/// <param name="Group">What kind of interval it is.</param>
/// <param name="Data">Distribution and size of the data.</param>
/// <param name="Bar">The coverage it has to show; null = for orientation.</param>
/// <param name="Interval">Draws one data set and gives its interval.</param>
/// <param name="Effort">Part of the usual rounds: below 1 where one is costly.</param>
sealed record CoverageCell(
    string Group, string Data, (double Low, double High)? Bar, double Truth, Func<Random, IntervalEstimate> Interval, double Effort = 1)
{
    /// <summary>Draws data sets, seeded by the cell's own name: each cell can be run alone and gives the same.</summary>
    public CellCoverage Measure(int rounds)
    {
        var drawn = (int)Math.Ceiling(rounds * Effort);
        var random = new Random(Seed());
        int given = 0, covered = 0;
        for (var round = 0; round < drawn; round++)
        {
            if (Interval(random).Interval is not { } interval)
                continue;
            given++;
            if (interval.Contains(Truth))
                covered++;
        }

        return new(this, drawn, given, covered);
    }

    int Seed() => $"{Group}: {Data}".Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter));
}

namespace Lem.Core.Statistics.Comparison;

/// <summary>
/// Several tests at once: the chance that any of them finds a difference where there is none stays below the level, however they depend on
/// each other (Holm, Scandinavian Journal of Statistics 6, 1979).
/// </summary>
public static class Holm
{
    /// <summary>Adjusted p-values, to be read against the level of the whole family. Same order as given.</summary>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var adjusted = new double[p.Length];
        double least = 0;
        var order = Order(p);
        for (var rank = 0; rank < order.Length; rank++)
            adjusted[order[rank]] = least = Math.Max(least, Math.Min(1, p[order[rank]] * (p.Length - rank)));
        return adjusted;
    }

    /// <summary>The level that each p-value itself has to stay below: level ÷ tests that are left when its turn comes.</summary>
    public static double[] Levels(ReadOnlySpan<double> p, double level = 0.05)
    {
        var levels = new double[p.Length];
        var order = Order(p);
        for (var rank = 0; rank < order.Length; rank++)
            levels[order[rank]] = level / (p.Length - rank);
        return levels;
    }

    static int[] Order(ReadOnlySpan<double> p)
    {
        var keys = p.ToArray();
        int[] order = [.. Enumerable.Range(0, p.Length)];
        Array.Sort(keys, order);
        return order;
    }
}

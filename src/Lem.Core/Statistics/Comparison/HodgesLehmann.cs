namespace Lem.Core.Statistics.Comparison;

/// <summary>A shift that a few wild values cannot move (Hodges and Lehmann, Annals of Mathematical Statistics 34, 1963).</summary>
public static class HodgesLehmann
{
    /// <summary>Of pairs: the median of the means of every two differences, each with itself included; null without any.</summary>
    public static double? OfDifferences(ReadOnlySpan<double> differences)
    {
        var means = new List<double>(differences.Length * (differences.Length + 1) / 2);
        for (var i = 0; i < differences.Length; i++)
            for (var j = i; j < differences.Length; j++)
                means.Add((differences[i] + differences[j]) / 2);
        return Descriptive.Median([.. means]);
    }

    /// <summary>Of two samples: the median of all differences second − first; null where a side is empty.</summary>
    public static double? OfSamples(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var differences = new List<double>(first.Length * second.Length);
        foreach (var a in first)
            foreach (var b in second)
                differences.Add(b - a);
        return Descriptive.Median([.. differences]);
    }
}

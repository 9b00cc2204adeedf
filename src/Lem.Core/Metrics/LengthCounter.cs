using System.Runtime.InteropServices;
using Lem.Core.Results;
using Lem.Core.Statistics;

namespace Lem.Core.Metrics;

/// <summary>Counts token lengths and tells their distribution.</summary>
sealed class LengthCounter
{
    readonly Dictionary<int, long> _counts = [];

    public void Add(int tokens) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, tokens, out _)++;

    public LengthDistribution Summarise()
    {
        if (_counts.Count == 0)
            return new LengthDistribution(0, null, null, null, null, null, null, []);
        var lengths = _counts.OrderBy(c => c.Key).ToList();
        var n = lengths.Sum(c => c.Value);
        return new LengthDistribution(
            n,
            lengths[0].Key,
            lengths.Sum(c => (double)c.Key * c.Value) / n,
            Percentile(lengths, n, 0.5),
            Percentile(lengths, n, 0.95),
            Percentile(lengths, n, 0.99),
            lengths[^1].Key,
            Histogram(lengths));
    }

    static double? Percentile(List<KeyValuePair<int, long>> lengths, long n, double probability)
    {
        var position = probability * (n - 1);
        var rank = (long)Math.Floor(position);
        double[] neighbours = [ValueAt(lengths, rank), ValueAt(lengths, Math.Min(rank + 1, n - 1))];
        return Quantile.OfSorted(neighbours, position - rank);
    }

    static double ValueAt(List<KeyValuePair<int, long>> lengths, long rank)
    {
        foreach (var (length, count) in lengths)
        {
            if (rank < count)
                return length;
            rank -= count;
        }

        return lengths[^1].Key;
    }

    static List<LengthBin> Histogram(List<KeyValuePair<int, long>> lengths)
    {
        List<LengthBin> bins = [];
        long from = 0, to = 1;
        while (from <= lengths[^1].Key)
        {
            var (low, high) = (from, to);
            bins.Add(new LengthBin((int)low, (int)Math.Min(high, int.MaxValue), lengths.Where(c => c.Key >= low && c.Key < high).Sum(c => c.Value)));
            (from, to) = (to, 2 * to);
        }

        return bins;
    }
}

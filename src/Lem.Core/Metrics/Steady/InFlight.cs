using Lem.Core.Statistics;

namespace Lem.Core.Metrics.Steady;

/// <summary>How many requests are under way, and how fast tokens come, over the time of a window.</summary>
sealed class InFlight(IReadOnlyList<RequestRun> requests)
{
    readonly double[] _starts = [.. requests.Select(request => request.StartS).Order()];
    readonly double[] _ends = [.. requests.Select(request => request.EndS).Order()];

    /// <summary>Mean number over a stretch of time.</summary>
    public double Mean(double from, double to) =>
        requests.Sum(request => Math.Max(0, Math.Min(to, request.EndS) - Math.Max(from, request.StartS))) / (to - from);

    /// <summary>The highest number at any time; a request that ends when another starts makes room for it.</summary>
    public int Most()
    {
        var (most, ended) = (0, 0);
        for (var started = 0; started < _starts.Length; started++)
        {
            while (ended < _ends.Length && _ends[ended] <= _starts[started])
                ended++;
            most = Math.Max(most, started + 1 - ended);
        }

        return most;
    }

    /// <summary>Number at evenly spaced times.</summary>
    public double[] Sampled(double from, double to, int samples)
    {
        var counts = new double[samples];
        for (var i = 0; i < samples; i++)
        {
            var at = from + (i + 0.5) * (to - from) / samples;
            counts[i] = UpTo(_starts, at) - UpTo(_ends, at);
        }

        return counts;
    }

    /// <summary>Spearman's ρ of output tokens per second over ten equal parts of a stretch; a request's tokens are spread from its first to its last.</summary>
    public double SpeedTrend(double from, double to)
    {
        var tokens = new double[RankTrend.Means];
        var width = (to - from) / RankTrend.Means;
        foreach (var request in requests)
        {
            var first = request.FirstS ?? request.EndS;
            var span = Math.Max(1e-9, request.EndS - first);
            for (var i = 0; i < tokens.Length; i++)
            {
                var shared = Math.Min(from + (i + 1) * width, first + span) - Math.Max(from + i * width, first);
                tokens[i] += request.OutputTokens * Math.Max(0, shared) / span;
            }
        }

        return RankTrend.Of(tokens) ?? 0;
    }

    static int UpTo(double[] times, double at)
    {
        var index = Array.BinarySearch(times, at);
        if (index < 0)
            return ~index;
        while (index < times.Length && times[index] <= at)
            index++;
        return index;
    }
}

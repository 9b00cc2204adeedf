namespace Lem.Core.Configuration;

/// <summary>Arrivals replayed from a recorded trace.</summary>
/// <param name="Speedup">2 replays twice as fast.</param>
/// <param name="Keep">Share of the requests that are kept, in (0, 1].</param>
public sealed record ArrivalTraceConfig(string Path = "", TraceFormat Format = TraceFormat.Azure, double Speedup = 1, double Keep = 1)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (Path is "")
            yield return new("path", "is required: the trace file");
        if (Speedup <= 0)
            yield return new("speedup", $"must be above 0, but is {Speedup}");
        if (Keep is not (> 0 and <= 1))
            yield return new("keep", $"must be in (0, 1], but is {Keep}");
    }
}

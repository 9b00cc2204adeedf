namespace Lem.Tests.Shared.Serving;

/// <summary>When a request's service began and its tokens went out (<see cref="Monotonic"/>), as llama-server's timings tell it.</summary>
sealed class StreamTimes
{
    public long Started { get; set; }

    public long? First { get; set; }

    public long? Last { get; set; }

    public double PromptMs => First is { } first ? (first - Started) / 1e6 : 0;

    public double PredictedMs => Last is { } last && First is { } first ? (last - first) / 1e6 : 0;
}

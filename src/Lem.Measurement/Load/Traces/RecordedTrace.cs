namespace Lem.Measurement.Load.Traces;

/// <summary>Requests as somebody's users sent them, in the order they came.</summary>
/// <param name="Source">The file.</param>
/// <param name="Dropped">Rows left out because no request can be made of them: without input, or without output, as failed ones are recorded.</param>
public sealed record RecordedTrace(string Source, IReadOnlyList<TraceRow> Rows, int Dropped = 0)
{
    /// <summary>Tokens behind one hash id of a Mooncake trace (kvcache-ai/Mooncake, README of the trace release).</summary>
    public const int BlockTokens = 512;

    /// <summary>Draws rows where no seed is given: which requests are replayed is part of the workload, as which prompts of a data set are.</summary>
    public const ulong UsualSeed = 42;

    /// <summary>
    /// A share of the rows, each drawn for itself, so that what remains has the trace's own burstiness and lengths. By the row's place alone:
    /// what a smaller share keeps, a larger one keeps too.
    /// </summary>
    public RecordedTrace Thin(double keep, ulong seed) => keep >= 1
        ? this
        : this with { Rows = [.. Rows.Where((_, row) => new SplitMix64(SplitMix64.Derive(seed, (ulong)row)).NextDouble() < keep)] };
}

using Lem.Core;
using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Traces;

/// <summary>The traces a configuration names: one for its arrivals, one for its prompts, or one for both.</summary>
public static class ReplayedTrace
{
    /// <summary>The trace whose times requests follow, thinned as asked for; null where they follow none.</summary>
    /// <param name="folder">What a relative path counts from.</param>
    /// <exception cref="LemException">The trace cannot be read.</exception>
    public static RecordedTrace? OfArrivals(TrafficConfig traffic, string folder) =>
        traffic is { Enabled: true, Mode: ArrivalKind.Trace, Trace: { } trace }
            ? TraceReader.Read(Path.Combine(folder, trace.Path), trace.Format).Thin(trace.Keep, (ulong?)traffic.Seed ?? RecordedTrace.UsualSeed)
            : null;

    /// <summary>
    /// The trace that prompts are made of. Where arrivals follow the same file, thinned like them: each prompt comes at its own time.
    /// </summary>
    /// <param name="folder">What a relative path counts from.</param>
    /// <exception cref="LemException">The trace cannot be read.</exception>
    public static RecordedTrace OfPrompts(TracePrompts prompts, TrafficConfig traffic, string folder) =>
        traffic.Trace is { } trace && (Whole(trace.Path, folder), trace.Format) == (Whole(prompts.Path, folder), prompts.Format)
        && OfArrivals(traffic, folder) is { } arrivals
            ? arrivals
            : TraceReader.Read(Path.Combine(folder, prompts.Path), prompts.Format);

    // One file has many spellings: traces/a.csv, ./traces/a.csv, and its whole path.
    static string Whole(string path, string folder) => Path.GetFullPath(Path.Combine(folder, path));
}

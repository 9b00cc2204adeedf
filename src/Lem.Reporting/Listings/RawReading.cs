using Lem.Core;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;

namespace Lem.Reporting.Listings;

/// <summary>The raw windows of an experiment as far as they can be read, and what is not there of those that were asked for.</summary>
public sealed record RawReading(IReadOnlyList<(string Window, RawRun Run)> Runs, IReadOnlyList<(string Window, string Reason)> Missing)
{
    /// <param name="id">An experiment, all of whose cycles are expected, or one window.</param>
    /// <param name="windows">Those with files.</param>
    public static RawReading Of(RawRunReader reader, string id, IReadOnlyList<string> windows)
    {
        List<(string Window, RawRun Run)> runs = [];
        List<(string Window, string Reason)> missing = [];
        foreach (var window in windows)
        {
            try
            {
                runs.Add((window, reader.Read(window)));
            }
            catch (LemException e)
            {
                missing.Add((window, e.Message));
            }
        }

        var cycles = runs.Count > 0 && id == ExperimentId.OfExperiment(id) ? runs[0].Run.Experiment.Identity.CycleCount : 1;
        if (cycles > 1)
        {
            missing.AddRange(Enumerable.Range(0, cycles)
                .Select(cycle => ExperimentId.OfWindow(id, cycle, cycles))
                .Except(windows)
                .Select(window => (window, "not measured")));
        }

        return new RawReading(runs, missing);
    }
}

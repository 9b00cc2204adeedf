using Lem.Core.Configuration;
using Lem.Core.Results.Storage;
using Lem.Reporting.Listings;

namespace Lem.Cli.Experiments;

/// <summary>How much J/token varied over the cycles of a finished experiment.</summary>
/// <param name="Cv">Coefficient of variation, above 0.</param>
sealed record PilotSpread(string ExperimentId, double Cv, int Cycles)
{
    const string Metric = "energy_metrics.joules_per_output_token";

    /// <param name="name">As for lem results show.</param>
    /// <exception cref="ConfigException">It is no experiment whose J/token has a spread.</exception>
    public static PilotSpread Read(string name, ResultsDirectory directory)
    {
        var store = new ResultStore(directory);
        var id = Select(name, store.MultiCycleIds());
        var statistic = store.ReadMultiCycle(id).Metrics.FirstOrDefault(metric => metric.Metric == Metric);
        return statistic is { Cv: > 0 and var cv, N: >= 2 }
            ? new(id, cv, statistic.N)
            : throw Mistake($"{id} has no spread of {Metric} over its cycles ({statistic?.Reason ?? "too few cycles"})");
    }

    static string Select(string name, IReadOnlyList<string> ids)
    {
        try
        {
            return ExperimentSelection.Select(name, ids);
        }
        catch (ConfigException e)
        {
            throw Mistake($"{e.Errors[0].Message}; a pilot has several cycles");
        }
    }

    static ConfigException Mistake(string message) => new([new ConfigError("--pilot", message)]);
}

using Lem.Core.Results.Storage;

namespace Lem.Core.Results.Comparison;

/// <summary>One side of a comparison: the measured windows of one configuration.</summary>
/// <param name="Name">Unique among the sides.</param>
/// <param name="Windows">At least one, in the order of their making.</param>
public sealed record Contender(string Name, IReadOnlyList<ExperimentResult> Windows)
{
    /// <summary>Ids of the experiments behind the windows: one load of the model each, and its windows share what differs from load to load.</summary>
    public IReadOnlyList<string> Loads => [.. Windows.Select(window => ExperimentId.OfExperiment(window.ExperimentId)).Distinct()];

    /// <summary>Independent repetitions: loads where there are several, else the windows of the one load.</summary>
    public int Repetitions => Loads is { Count: > 1 } loads ? loads.Count : Windows.Count;

    /// <summary>
    /// Sides from what a person named, each an experiment's or a window's results. Those of one cell of a campaign are one side: a
    /// campaign runs each of its cycles as an experiment.
    /// </summary>
    public static IReadOnlyList<Contender> From(IEnumerable<IReadOnlyList<ExperimentResult>> named)
    {
        var sides = named
            .GroupBy(windows => windows[0].Campaign is { } place ? $"{place.Id}/{place.Cell}" : windows[0].ExperimentId)
            .Select(side => side.SelectMany(windows => windows).OrderBy(window => window.StartTime).ThenBy(window => window.CycleIndex).ToList())
            .ToList();
        return [.. sides.Select(windows => new Contender(NameOf(windows[0], sides), windows))];
    }

    static string NameOf(ExperimentResult window, List<List<ExperimentResult>> sides) =>
        sides.Count(side => side[0].ConfigName == window.ConfigName) == 1
            ? window.ConfigName
            : $"{window.ConfigName} {window.ExperimentId[(window.ExperimentId.LastIndexOf('-') + 1)..]}";

    internal ComparedConfiguration Describe() => new(
        Name, Windows[0].ConfigName, Windows[0].ModelName, Windows[0].Backend, Windows[0].ConfigHash,
        Loads, [.. Windows.Select(window => window.ExperimentId)]);
}

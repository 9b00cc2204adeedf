using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Tests.Core.Results.Aggregation;

namespace Lem.Tests.Core.Results.Comparison;

/// <summary>Configurations whose cycles have the energies a test gives; all else is alike.</summary>
static class SampleSides
{
    static readonly ExperimentResult One = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions()) with
    {
        Campaign = null,
        Findings = [],
        // Each load has its own, exactly known.
        Baselines = [],
    };

    public static readonly ComparedMetric PerToken = ComparedMetric.Headlines[0];

    /// <summary>Cycles of one load.</summary>
    public static Contender Load(string name, params double[] joules) => new(name, Windows(name, joules));

    /// <summary>Cells of a campaign, one load per cycle, run in the given order: "ABAB" or "AABB".</summary>
    public static IReadOnlyList<Contender> Campaign(string order, double[] a, double[] b)
    {
        Dictionary<char, int> cycles = new() { ['A'] = 0, ['B'] = 0 };
        List<IReadOnlyList<ExperimentResult>> windows = [];
        foreach (var cell in order)
        {
            var cycle = cycles[cell]++;
            var start = One.StartTime.AddMinutes(windows.Count);
            windows.Add([Windows($"{cell}{cycle}", (cell == 'A' ? a : b)[cycle])[0] with
            {
                ConfigName = $"cell-{cell}",
                Campaign = new CampaignCell("sweep-1", "sweep", $"cell-{cell}", cycle),
                StartTime = start,
                EndTime = start.AddSeconds(50),
            }]);
        }

        return Contender.From(windows);
    }

    public static Contender With(this Contender side, Func<ExperimentResult, ExperimentResult> change) => side with { Windows = [.. side.Windows.Select(change)] };

    public static List<ExperimentResult> Windows(string name, params double[] joules) => [.. joules.Select((energy, cycle) => One with
    {
        ExperimentId = joules.Length > 1 ? $"20260131T120000Z-{name}-0a1b2c3d_c{cycle + 1}" : $"20260131T120000Z-{name}-0a1b2c3d",
        ConfigName = name,
        CycleIndex = cycle,
        CycleCount = joules.Length,
        EnergyMetrics = One.EnergyMetrics with
        {
            TotalEnergyJ = new Joules(energy),
            AdjustedEnergyJ = new Joules(energy - 50),
            JoulesPerOutputToken = energy / One.InferenceMetrics.OutputTokens,
            AdjustedJoulesPerOutputToken = (energy - 50) / One.InferenceMetrics.OutputTokens,
        },
    })];

    public static BaselineRecord Idle(double variance) =>
        new(BaselineKind.ContextIdle, EnergyDomain.Gpu, "gpu:a", new Watts(50), variance, 300, 30, true, "fresh", null, null);
}

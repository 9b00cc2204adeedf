using Lem.Core.Metrics.Flops;

namespace Lem.Measurement.Engines.LlamaCpp.Tracing;

/// <summary>FLOP of a model's graph: a·tokens + b·outputs + c·tokens·cells, as every product in it has one of these sizes.</summary>
readonly record struct GraphCost(double PerToken, double PerOutput, double PerTokenAndCell)
{
    /// <summary>Counts are whole numbers, so what the form does not explain is another form and no noise.</summary>
    const double Tolerance = 1e-9;

    public double FlopOf(MicroBatch call) =>
        PerToken * call.Tokens + PerOutput * call.Outputs + PerTokenAndCell * call.Tokens * call.Cells;

    /// <summary>Finds the three numbers from four counted graphs and proves them on a fifth that has another shape.</summary>
    /// <returns>The cost, or null and why the graph has no such cost.</returns>
    public static (GraphCost? Cost, string? Reason) Find(Func<MicroBatch, (double? Flop, string? Unknown)> count)
    {
        MicroBatch[] calls = [new(1, 1, 256), new(2, 1, 256), new(2, 2, 256), new(1, 1, 512), new(5, 3, 768)];
        var counted = new double[calls.Length];
        for (var i = 0; i < calls.Length; i++)
        {
            var (flop, unknown) = count(calls[i]);
            if (flop is not { } known)
                return (null, $"the model's graph has the operation {unknown}, whose FLOP are not known");
            counted[i] = known;
        }

        var perPair = (counted[3] - counted[0]) / 256;
        var cost = new GraphCost(counted[1] - counted[0] - 256 * perPair, counted[2] - counted[1], perPair);
        for (var i = 0; i < calls.Length; i++)
            if (!(Math.Abs(cost.FlopOf(calls[i]) - counted[i]) <= Tolerance * counted[i]))
                return (null, "the work of the model's graph is not proportional to its tokens, outputs and cells");
        return (cost, null);
    }
}

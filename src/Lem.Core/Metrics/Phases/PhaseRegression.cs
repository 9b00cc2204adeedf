using Lem.Core.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace Lem.Core.Metrics.Phases;

/// <summary>
/// Energy of prefill and decode told apart over many windows of different lengths: E = a·input + b·output + c·time + d by ordinary least squares.
/// </summary>
/// <remarks>
/// a is the energy of a prompt token, b of a generated one, c the power that is drawn whatever is done, d what each window costs beside. Unconstrained:
/// a negative coefficient within its interval says that the data cannot tell it from zero. Time follows from the tokens on a machine that does nothing
/// else, so the variance inflation decides whether b and c can be told apart; vary the rate of arrivals to part them.
/// </remarks>
/// <param name="ResidualSd">Standard deviation of what the model leaves, in joules.</param>
public sealed record PhaseRegression(
    PhaseTerm PerInputTokenJ, PhaseTerm PerOutputTokenJ, PhaseTerm IdleW, PhaseTerm PerWindowJ, double ResidualSd, int Cells)
{
    public const string Method = "regression_over_cells";

    const int Columns = 4;
    const double Level = 0.95;

    // A column that is a multiple of another has no coefficient of its own; sizes differ by many powers of ten, so columns are scaled first.
    const double LargestCondition = 1e7;

    /// <returns>The regression, or null and why the cells do not allow one.</returns>
    public static (PhaseRegression? Regression, string? Reason) Of(IReadOnlyList<PhaseCell> cells)
    {
        if (cells.Count <= Columns)
            return (null, "too_few_cells");
        var design = Matrix<double>.Build.Dense(cells.Count, Columns, (row, column) => Column(cells[row], column));
        var energy = Vector<double>.Build.DenseOfEnumerable(cells.Select(cell => cell.EnergyJ));
        double[] scales = [.. Enumerable.Range(0, Columns).Select(column => design.Column(column).L2Norm())];
        if (scales.Contains(0))
            return (null, "a_column_is_zero");
        var scaled = Matrix<double>.Build.Dense(cells.Count, Columns, (row, column) => design[row, column] / scales[column]);
        if (!(scaled.ConditionNumber() < LargestCondition))
            return (null, "columns_depend_on_each_other");

        var solution = scaled.QR().Solve(energy);
        var freedom = cells.Count - Columns;
        var variance = (energy - scaled * solution).DotProduct(energy - scaled * solution) / freedom;
        var covariance = (scaled.Transpose() * scaled).Inverse() * variance;
        var terms = new PhaseTerm[Columns];
        for (var column = 0; column < Columns; column++)
        {
            var value = solution[column] / scales[column];
            var half = StudentInterval.Factor(freedom, Level) * Math.Sqrt(Math.Max(0, covariance[column, column])) / scales[column];
            terms[column] = new(value, new(value - half, value + half, Level, "student_t"), Inflation(scaled, column));
        }

        return (new(terms[0], terms[1], terms[2], terms[3], Math.Sqrt(variance), cells.Count), null);
    }

    static double Column(PhaseCell cell, int column) => column switch
    {
        0 => cell.InputTokens,
        1 => cell.OutputTokens,
        2 => cell.Seconds,
        _ => 1,
    };

    // Centred, as usual: the constant column explains a mean, which is no dependence. The constant itself has none.
    static double Inflation(Matrix<double> design, int column)
    {
        if (column == Columns - 1)
            return 1;
        var target = design.Column(column);
        var others = design.RemoveColumn(column);
        var left = target - others * others.QR().Solve(target);
        var spread = target - target.Average();
        return spread.DotProduct(spread) / left.DotProduct(left);
    }
}

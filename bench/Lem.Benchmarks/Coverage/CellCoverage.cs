namespace Lem.Benchmarks.Coverage;

/// <summary>How often a cell's intervals contained the truth. Refused intervals promise nothing and count apart.</summary>
sealed record CellCoverage(CoverageCell Cell, int Rounds, int Given, int Covered)
{
    public double Coverage => Given == 0 ? double.NaN : (double)Covered / Given;

    public double RefusedShare => 1 - (double)Given / Rounds;

    /// <summary>Standard error of the coverage itself, for so many rounds.</summary>
    public double MonteCarloError => Math.Sqrt(Coverage * (1 - Coverage) / Given);

    /// <summary>Whether the bar is kept; null where there is none.</summary>
    public bool? IsInside => Cell.Bar is var (low, high) ? Coverage >= low && Coverage <= high : null;
}

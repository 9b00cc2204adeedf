using Lem.Core.Metrics.Phases;

namespace Lem.Core.Results.Phases;

/// <summary>Energy of prefill and decode, told apart by windows that differ in length, for engines that do not stamp their phases.</summary>
/// <param name="Method"><see cref="PhaseSplit.Method"/> or <see cref="PhaseRegression.Method"/>.</param>
/// <param name="WindowIds">The windows it is of.</param>
/// <param name="OneTokenWindowIds">The windows with one output token per request; none in a regression.</param>
/// <param name="Split">Joules of a window by phase; null in a regression.</param>
/// <param name="PrefillJPerInputToken">Of the split: prefill ÷ input tokens of a window.</param>
/// <param name="DecodeJPerOutputToken">Of the split: decode ÷ output tokens after the first of each request.</param>
/// <param name="Regression">Joules per token of either kind; null in a split, and where the windows do not allow one.</param>
/// <param name="Reason">Why there is no regression: <c>too_few_cells</c>, <c>a_column_is_zero</c>, <c>columns_depend_on_each_other</c>.</param>
/// <param name="Findings">Reasons to doubt the figures.</param>
public sealed record PhaseEnergyResult(
    string SchemaVersion,
    string Producer,
    string Method,
    IReadOnlyList<string> WindowIds,
    IReadOnlyList<string> OneTokenWindowIds,
    PhaseSplit? Split,
    double? PrefillJPerInputToken,
    double? DecodeJPerOutputToken,
    PhaseRegression? Regression,
    string? Reason,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>Version of the form.</summary>
    public const string Schema = "3.0.0";
}

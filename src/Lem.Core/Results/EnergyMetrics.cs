using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>Energy of the measured window, and what it bought.</summary>
/// <param name="TotalEnergyJ">Gross sum over distinct devices, estimates included.</param>
/// <param name="TotalEnergyMethod">The weakest method in the sum.</param>
/// <param name="TotalUncertaintyJ">Half width of the sum's 95 % band. Bands are added, not squared: sensors of one kind err together.</param>
/// <param name="TotalSystematicJ">± what the vendors' tolerances leave open, added over devices; null where no vendor states one.</param>
/// <param name="MeasuredEnergyJ">The sum without estimates; null where everything is an estimate.</param>
/// <param name="DurationSec">Length of the window the energy is of.</param>
/// <param name="JoulesPerOutputToken">Total energy ÷ output tokens: the headline.</param>
/// <param name="JoulesPerToken">Total energy ÷ all tokens, the older basis.</param>
public sealed record EnergyMetrics(
    Joules? TotalEnergyJ,
    EnergyMethod? TotalEnergyMethod,
    Joules? TotalUncertaintyJ,
    Joules? MeasuredEnergyJ,
    Joules? AdjustedEnergyJ,
    Joules? GpuEnergyJ,
    Joules? CpuEnergyJ,
    Joules? RamEnergyJ,
    Watts? TotalPowerW,
    Watts? GpuPowerW,
    Watts? CpuPowerW,
    Watts? RamPowerW,
    double DurationSec,
    double? EmissionsKgCo2,
    double? JoulesPerOutputToken,
    double? AdjustedJoulesPerOutputToken,
    double? JoulesPerToken,
    double? EnergyPerTokenJ,
    double? TokensPerJoule,
    double? JoulesPerRequest,
    double? FlopsPerJoule,
    double? WattsPerTokenPerSecond,
    Joules? TotalSystematicJ = null);

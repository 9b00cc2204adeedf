namespace Lem.Core.Metrics.Phases;

/// <summary>One window of a plan whose lengths vary: what it generated, how long it took, what it cost.</summary>
public readonly record struct PhaseCell(double InputTokens, double OutputTokens, double Seconds, double EnergyJ);

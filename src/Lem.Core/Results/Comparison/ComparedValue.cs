namespace Lem.Core.Results.Comparison;

/// <summary>A metric's value in one configuration.</summary>
/// <param name="Name">Name of the configuration.</param>
/// <param name="N">Repetitions that count: loads where there are several, else cycles of the one load.</param>
/// <param name="Mean">Geometric mean over them; null with <paramref name="Reason"/>.</param>
/// <param name="Cv">Their coefficient of variation, √(exp(σ²) − 1) from the spread σ of the logarithms; null below two.</param>
public sealed record ComparedValue(string Name, int N, double? Mean, double? Cv, string? Reason);

namespace Lem.Core.Results;

/// <summary>Emissions of the electricity: gCO₂ = kWh × PUE × intensity.</summary>
/// <param name="GramsPerKwh">Grams of CO₂ equivalent per kilowatt-hour at the socket.</param>
/// <param name="Pue">Power usage effectiveness of the site, at least 1.</param>
/// <param name="Source">Where the intensity comes from.</param>
public sealed record CarbonIntensity(double GramsPerKwh, double Pue, string Source);

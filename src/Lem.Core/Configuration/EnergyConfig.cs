namespace Lem.Core.Configuration;

/// <summary>What energy is read from, and what turns joules into emissions.</summary>
/// <param name="Devices">GPUs to measure where they differ from <c>gpus</c>; null = the same.</param>
/// <param name="CarbonIntensityGPerKwh">Grams of CO₂ equivalent per kilowatt-hour; null = by country, or no emissions.</param>
/// <param name="Country">ISO 3166-1 alpha-3 code.</param>
/// <param name="Pue">Power usage effectiveness of the site, 1 or more.</param>
public sealed record EnergyConfig(
    IReadOnlyList<EnergySourceChoice>? Sources = null,
    IReadOnlyList<GpuId>? Devices = null,
    bool Cpu = true,
    bool Dram = true,
    double? CarbonIntensityGPerKwh = null,
    string? Country = null,
    double Pue = 1.0)
{
    public IReadOnlyList<EnergySourceChoice> Sources { get; init; } = Sources ?? [EnergySourceChoice.Auto];

    public IEnumerable<ConfigError> Validate()
    {
        if (Sources.Count == 0)
            yield return new("sources", "must name at least one source, or auto");
        if (Sources.Count > 1 && Sources.Contains(EnergySourceChoice.Auto))
            yield return new("sources", "must be auto alone, or a list without auto");
        if (CarbonIntensityGPerKwh < 0)
            yield return new("carbon_intensity_g_per_kwh", $"must be 0 or more, but is {CarbonIntensityGPerKwh}");
        if (Pue < 1)
            yield return new("pue", $"must be 1 or more, but is {Pue}");
    }
}

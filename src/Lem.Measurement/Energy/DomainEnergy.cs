using Lem.Core.Results;
using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>The energy of one device in one window, with everything that is known of its worth.</summary>
/// <param name="Energy">Gross; null with <paramref name="Reason"/>.</param>
/// <param name="Method">How it came about; null without energy.</param>
/// <param name="Quality">good, few_ticks (below ten values of the sensor), alias_risk (the load repeats in step with a polled sensor), or estimated; null without energy.</param>
/// <param name="Uncertainty">Half of the 95 % interval from the readings; for estimates the distance to the farther end of the band.</param>
/// <param name="SystematicBand">± the vendor's tolerance (5 % for NVML), which no repetition averages away; null where none is stated.</param>
/// <param name="Counter">By the counter, whichever leads.</param>
/// <param name="Integral">By integration of power, whichever leads.</param>
public sealed record DomainEnergy(
    EnergyChannel Channel,
    Joules? Energy,
    EnergyMethod? Method,
    string? Quality,
    Joules? Uncertainty,
    Joules? SystematicBand,
    string? Reason,
    CounterEnergy Counter,
    IntegralEnergy Integral,
    IReadOnlyList<Finding> Findings);

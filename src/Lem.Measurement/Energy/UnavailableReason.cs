using Lem.Core.Results;

namespace Lem.Measurement.Energy;

/// <summary>Why the energy of something is not measured: null in the result, with this beside it.</summary>
/// <param name="Device">The device, or null where the whole domain is meant.</param>
/// <param name="Code">Stable name, snake_case: <c>nvml_library_missing</c>, <c>rapl_denied</c>.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record UnavailableReason(EnergyDomain Domain, string? Device, string Code, string Message, string? Hint = null);

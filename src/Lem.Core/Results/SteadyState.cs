using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>The part of the window in which load and speed did not drift, beside the whole.</summary>
/// <param name="StartS">Seconds since window open.</param>
public sealed record SteadyState(
    bool? Found = null,
    double? StartS = null,
    double? EndS = null,
    double? TokensPerSecond = null,
    double? OutputTokensPerSecond = null,
    Joules? EnergyJ = null,
    double? JoulesPerOutputToken = null);

using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>The part of the window in which load and speed did not drift, beside the whole.</summary>
/// <param name="Found">False where it was looked for in vain; null where nobody looked.</param>
/// <param name="StartS">Seconds since window open.</param>
/// <param name="TpotMs">Mean over the requests whose tokens all lie in it.</param>
/// <param name="Policy">How it is found: full_batches, closed_loop, open_loop_mser5.</param>
/// <param name="Reason">Why there is none, or none with an energy.</param>
public sealed record SteadyState(
    bool? Found = null,
    double? StartS = null,
    double? EndS = null,
    double? TokensPerSecond = null,
    double? OutputTokensPerSecond = null,
    Joules? EnergyJ = null,
    double? JoulesPerOutputToken = null,
    double? TpotMs = null,
    string? Policy = null,
    string? Reason = null);

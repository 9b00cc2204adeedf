using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>Energy by device, gross and with idle subtracted.</summary>
/// <param name="RawJ">Gross sum of <paramref name="Domains"/>, estimates included.</param>
/// <param name="AdjustedJ">Sum over <paramref name="AdjustedDevices"/>: every measured device, no estimated one. Null if one of them has none.</param>
/// <param name="AdjustedRawJ">Gross sum over the same devices: like beside like.</param>
/// <param name="BaselinePowerW">Context-idle power of the same devices, summed.</param>
/// <param name="PhaseMethod">How prefill and decode were told apart.</param>
public sealed record EnergyBreakdown(
    Joules? RawJ,
    Joules? AdjustedJ,
    Joules? AdjustedDriverIdleJ,
    Joules? AdjustedRawJ,
    IReadOnlyList<string> AdjustedDevices,
    Watts? BaselinePowerW,
    string? BaselineMethod,
    double? BaselineCacheAgeSec,
    IReadOnlyList<DomainEnergyRecord> Domains,
    Joules? PrefillJ,
    Joules? DecodeJ,
    string? PhaseMethod,
    Joules? LoadJ,
    Joules? WarmupJ);

using Lem.Core.Units;

namespace Lem.Core.Results.Raw;

/// <summary>Idle power of one device.</summary>
/// <param name="VarianceW2">Variance of the mean power in W², correlation of the samples allowed for.</param>
/// <param name="Settled">The power had stopped drifting when it was taken.</param>
/// <param name="Method">fresh or cached.</param>
/// <param name="AgeSec">Age of a cached value when it was taken from the cache.</param>
/// <param name="Reason">Why there is no power, where there is none.</param>
public sealed record BaselineRecord(
    BaselineKind Kind,
    EnergyDomain Domain,
    string Device,
    Watts? PowerW,
    double? VarianceW2,
    int Samples,
    double? DurationSec,
    bool? Settled,
    string? Method,
    double? AgeSec,
    string? Reason)
{
    /// <summary>Equal stretches of the baseline whose means gave its variance: that variance has one degree of freedom less.</summary>
    public const int Blocks = 10;
}

using Lem.Core.Results;
using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>One device's energy as one source offers it; what is known of its sensor goes into every number taken from it.</summary>
/// <param name="Device"><c>gpu:&lt;uuid&gt;</c>, <c>cpu:0</c>, <c>dram:0</c>: unique among all channels.</param>
/// <param name="Method">The strongest method the channel offers.</param>
/// <param name="UpdatePeriod">U, the time between two values of the sensor; zero = it is always current; null = not known.</param>
/// <param name="AveragingWindow">W, the time over which one power value is the mean; null = not known, or there is no power.</param>
/// <param name="PowerLimit">The most the device is allowed to draw: what exceeds it clearly is no measurement.</param>
/// <param name="Source">nvml, rapl, or estimate.</param>
/// <param name="Note">What a reader of the result must know of this channel.</param>
/// <param name="BandFactor">For estimates: the truth is believed to lie between value ÷ factor and value × factor.</param>
public sealed record EnergyChannel(
    EnergyDomain Domain,
    string Device,
    EnergyMethod Method,
    TimeSpan? UpdatePeriod = null,
    TimeSpan? AveragingWindow = null,
    Watts? PowerLimit = null,
    string Source = "",
    string? Note = null,
    double? BandFactor = null);

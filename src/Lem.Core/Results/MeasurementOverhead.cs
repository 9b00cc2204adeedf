namespace Lem.Core.Results;

/// <summary>What the measurement itself cost during the window.</summary>
/// <param name="SamplerCpuFraction">CPU time of the sampler thread ÷ window: 0.01 is one hundredth of one core.</param>
/// <param name="WriterBytes">Bytes written to disk inside the window.</param>
public sealed record MeasurementOverhead(
    double? SamplerCpuSec = null,
    double? SamplerCpuFraction = null,
    long? SamplerTicks = null,
    long? SamplerMissedTicks = null,
    double? SamplerLatenessP50Ms = null,
    double? SamplerLatenessP99Ms = null,
    double? SamplerLatenessMaxMs = null,
    double? WriterCpuSec = null,
    long? WriterBytes = null,
    double? StartWaitSec = null);

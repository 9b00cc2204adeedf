namespace Lem.Measurement.Experiments;

/// <summary>Calls the sampler every period until it is disposed of: a thread of its own in earnest, the manual clock in tests.</summary>
public delegate IDisposable SamplingSchedule(Action tick, TimeSpan period);

namespace Lem.Core.Configuration;

/// <summary>How floating-point operations are counted.</summary>
/// <param name="Profiler">Also counts them with the framework's own profiler, in a pass of its own.</param>
public sealed record FlopsConfig(FlopsMethod Method = FlopsMethod.Auto, bool Profiler = false);

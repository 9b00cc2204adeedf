using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Experiments;

/// <summary>What all windows of an experiment share.</summary>
/// <param name="Before">The machine before the model was loaded.</param>
/// <param name="Warmup">How the warm-up ended; null where there was none.</param>
sealed record WindowContext(EnvironmentSnapshot Before, EngineDescription Engine, Workload Workload, WarmupResult? Warmup);

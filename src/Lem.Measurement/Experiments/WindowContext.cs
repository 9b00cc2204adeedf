using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Experiments;

/// <summary>What all windows of an experiment share.</summary>
/// <param name="Before">The machine before the model was loaded.</param>
/// <param name="Warmup">How the warm-up ended; null where there was none.</param>
sealed record WindowContext(JsonObject? Before, EngineDescription Engine, Workload Workload, WarmupResult? Warmup);

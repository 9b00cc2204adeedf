using Lem.Core.Results;
using Lem.Measurement.Engines;
using Lem.Measurement.Hosts;

namespace Lem.Measurement.Experiments;

/// <summary>A model that is up and ready for windows: of all of them, or with <c>force_cold_start</c> of one.</summary>
/// <param name="PageCache">How warm its files were before.</param>
/// <param name="Processes">Those that came to the GPUs with it, where its own cannot be told from others by descent; else none.</param>
/// <param name="Warmup">How the warm-up ended; null where there was none.</param>
sealed record LoadedModel(EngineDescription Engine, Workload Workload, PageCacheState PageCache, IReadOnlySet<int> Processes, WarmupResult? Warmup);

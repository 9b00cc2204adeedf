using Lem.Core.Results.Environments;

namespace Lem.Measurement.Experiments;

/// <summary>What a window stands on.</summary>
/// <param name="Before">The machine before anything was loaded.</param>
sealed record WindowContext(EnvironmentSnapshot Before, LoadedModel Model);

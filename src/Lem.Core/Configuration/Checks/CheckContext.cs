namespace Lem.Core.Configuration.Checks;

/// <summary>A configuration under examination.</summary>
/// <param name="IsGiven">Whether somebody set this path: neither a default nor a preset.</param>
sealed record CheckContext(ExperimentConfig Config, Func<string, bool> IsGiven, MachineFacts Machine);

using Lem.Core.Configuration;

namespace Lem.Cli.Batches;

/// <summary>What <c>lem batch</c> is asked for.</summary>
/// <param name="Overrides">Keys that stand above every file's own.</param>
/// <param name="Passed">The same as words for each <c>lem experiment</c>.</param>
/// <param name="Parallel">Most experiments at once; only those that share no GPU run side by side.</param>
sealed record BatchRequest(IReadOnlyList<string> Patterns, IReadOnlyList<ConfigOverride> Overrides, IReadOnlyList<string> Passed, int Parallel, bool DryRun);

using Lem.Core.Configuration;

namespace Lem.Cli.Experiments;

/// <summary>What the command line asks to be measured.</summary>
/// <param name="Pilot">Of a dry run: an experiment whose spread says what the plan can resolve.</param>
sealed record StartRequest(
    string? File,
    string? Preset,
    IReadOnlyList<ConfigOverride> Overrides,
    string? ResultsDirectory,
    bool Force,
    bool Yes,
    bool Fresh,
    bool DryRun,
    string? Pilot,
    bool Aggregate);

using Lem.Core.Configuration;

namespace Lem.Cli.Experiments;

/// <summary>What the command line asks to be measured.</summary>
sealed record StartRequest(
    string? File,
    string? Preset,
    IReadOnlyList<ConfigOverride> Overrides,
    string? ResultsDirectory,
    bool Force,
    bool Yes,
    bool Fresh,
    bool DryRun,
    bool Aggregate);

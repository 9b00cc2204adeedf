using System.Text.Json.Nodes;

namespace Lem.Core.Configuration;

/// <summary>A configuration ready to run, and everything a result must say about it.</summary>
/// <param name="Effective">Every key with the value that holds.</param>
/// <param name="CliOverrides">Path and value of what the command line set.</param>
/// <param name="Problems">Warnings, infos and deprecations; errors too where they were forced.</param>
/// <param name="ConfigHash">Identity of what is measured; see <see cref="Output.ConfigHash"/>.</param>
public sealed record LoadedConfig(
    ExperimentConfig Config,
    JsonObject Effective,
    IReadOnlyList<ProvenanceEntry> Provenance,
    IReadOnlyList<string> PresetChain,
    JsonObject CliOverrides,
    IReadOnlyList<ConfigError> Problems,
    string ConfigHash);

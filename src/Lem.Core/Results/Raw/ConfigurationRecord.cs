using System.Text.Json.Nodes;

namespace Lem.Core.Results.Raw;

/// <summary>The configuration that ran, and where each of its values came from. Holds no secrets.</summary>
/// <param name="ParameterProvenance">Dotted path → where its value came from.</param>
/// <param name="PresetChain">Presets and parents, the weakest first.</param>
public sealed record ConfigurationRecord(
    JsonObject EffectiveConfig,
    JsonObject ParameterProvenance,
    IReadOnlyList<string> PresetChain,
    JsonObject CliOverrides,
    IReadOnlyList<string> ConfigWarnings);

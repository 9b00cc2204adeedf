using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Reporting.Listings;

/// <summary>Experiments for programs: full precision, null = not known.</summary>
public static class ExperimentListJson
{
    public static JsonArray Render(IReadOnlyList<ExperimentEntry> entries) => new([.. entries.Select(Node)]);

    static JsonNode Node(ExperimentEntry entry) => new JsonObject
    {
        ["experiment_id"] = entry.Id,
        ["state"] = Word(entry.State),
        ["start_time"] = entry.Start?.UtcDateTime,
        ["config_name"] = entry.ConfigName,
        ["model_name"] = entry.ModelName,
        ["backend"] = entry.Backend,
        ["cycles"] = entry.Cycles,
        ["requested_cycles"] = entry.RequestedCycles,
        ["total_energy_j"] = entry.TotalEnergyJ?.Value,
        ["total_energy_method"] = entry.TotalEnergyMethod is { } method ? Word(method) : null,
        ["joules_per_output_token"] = entry.JoulesPerOutputToken,
        ["tokens_per_second"] = entry.TokensPerSecond,
        ["output_tokens_per_second"] = entry.OutputTokensPerSecond,
        ["findings"] = entry.Findings,
        ["gravest_finding"] = entry.Gravest is { } gravest ? Word(gravest) : null,
    };

    static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

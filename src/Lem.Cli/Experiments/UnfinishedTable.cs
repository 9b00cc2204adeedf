using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Measurement.Experiments;
using Lem.Reporting.Tables;

namespace Lem.Cli.Experiments;

/// <summary>Unfinished experiments for people and for programs.</summary>
static class UnfinishedTable
{
    static readonly PlainTable Table = new(
        new("ID", Elastic: true),
        new("BEGUN (UTC)"),
        new("MODEL", Elastic: true),
        new("WINDOWS", RightAligned: true),
        new(""));

    public static IReadOnlyList<string> Render(IReadOnlyList<(ExperimentPlan Plan, int Done, bool Running)> plans) => plans.Count == 0 ? [] :
        Table.Render(plans.Select(p => (IReadOnlyList<string?>)
        [
            p.Plan.ExperimentId,
            p.Plan.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            Model(p.Plan),
            $"{p.Done}/{p.Plan.Cycles}",
            p.Running ? "running now" : "",
        ]), width: int.MaxValue);

    public static JsonArray Json(IReadOnlyList<(ExperimentPlan Plan, int Done, bool Running)> plans) => new([.. plans.Select(p => new JsonObject
    {
        ["experiment_id"] = p.Plan.ExperimentId,
        ["created"] = p.Plan.Created.UtcDateTime,
        ["model_name"] = Model(p.Plan),
        ["windows_done"] = p.Done,
        ["windows"] = p.Plan.Cycles,
        ["running"] = p.Running,
    })]);

    static string? Model(ExperimentPlan plan) => plan.Effective["model_name"] is JsonValue value && value.TryGetValue<string>(out var model) ? model : null;
}

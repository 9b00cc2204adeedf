using System.Text.Json.Nodes;

namespace Lem.Cli.Aggregation;

/// <summary>What aggregating one experiment came to.</summary>
/// <param name="Written">Windows whose result was made.</param>
/// <param name="Kept">Windows that had a result already, which was left as it is.</param>
/// <param name="Skipped">Windows that are not measured to their end.</param>
/// <param name="OverCycles">Statistics over the cycles were made.</param>
sealed record AggregationReport(
    string ExperimentId,
    IReadOnlyList<string> Written,
    IReadOnlyList<string> Kept,
    IReadOnlyList<string> Skipped,
    bool OverCycles,
    IReadOnlyList<WindowFailure> Failures)
{
    /// <summary>A line per result that was made or kept.</summary>
    public IEnumerable<string> Lines() =>
    [
        .. Written.Select(id => $"aggregated  {id}"),
        .. Kept.Select(id => $"kept        {id}  (there already; --force makes it anew)"),
        .. Skipped.Select(id => $"skipped     {id}  (not measured to its end)"),
        .. OverCycles ? [$"aggregated  {ExperimentId}  (over its cycles)"] : Array.Empty<string>(),
    ];

    public JsonObject Json() => new()
    {
        ["experiment_id"] = ExperimentId,
        ["aggregated"] = Strings(Written),
        ["kept"] = Strings(Kept),
        ["skipped"] = Strings(Skipped),
        ["over_cycles"] = OverCycles,
        ["failed"] = new JsonArray([.. Failures.Select(failure => new JsonObject
        {
            ["window_id"] = failure.WindowId,
            ["message"] = failure.Message,
            ["hint"] = failure.Hint,
        })]),
    };

    static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}

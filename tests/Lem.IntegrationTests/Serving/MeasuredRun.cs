using System.Text.Json.Nodes;

namespace Lem.IntegrationTests.Serving;

/// <summary>What a finished lem wrote of one experiment.</summary>
sealed class MeasuredRun
{
    MeasuredRun(IReadOnlyList<JsonObject> results, IReadOnlyList<IReadOnlyList<JsonObject>> requests) => (Results, Requests) = (results, requests);

    /// <summary>Results of the windows, in their order.</summary>
    public IReadOnlyList<JsonObject> Results { get; }

    /// <summary>Request lines of each window.</summary>
    public IReadOnlyList<IReadOnlyList<JsonObject>> Requests { get; }

    /// <summary>The only experiment of a results directory.</summary>
    public static MeasuredRun Of(string results)
    {
        var files = Directory.EnumerateFiles(Path.Combine(results, "aggregated"), "*.json").Order(StringComparer.Ordinal).ToList();
        return new(
            [.. files.Select(Read)],
            [.. files.Select(file => File.ReadAllLines(Path.Combine(results, "raw", Path.GetFileNameWithoutExtension(file), "requests_0.jsonl")).Select(Parse).ToList())]);
    }

    public static double Number(JsonNode? node) => node?.GetValue<double>() ?? double.NaN;

    /// <summary>The server's own counters over a window.</summary>
    public static JsonNode? Statistics(JsonObject result) => result["process_results"]?[0]?["engine_statistics"];

    public static IEnumerable<string?> Findings(JsonObject result) => (result["findings"] as JsonArray ?? []).Select(finding => finding?["code"]?.ToString());

    static JsonObject Read(string path) => Parse(File.ReadAllText(path));

    static JsonObject Parse(string text) => JsonNode.Parse(text)?.AsObject() ?? throw new FormatException("no JSON object");
}

using System.Text.Json.Nodes;
using Lem.Measurement.Hub;
using Lem.Measurement.Hub.Datasets;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.Tests.Measurement.Hub.Datasets;

/// <summary>A hub with data sets, read as an experiment does.</summary>
sealed class DatasetBench : IDisposable
{
    public HubBench Hub { get; } = new();

    public HubServer Server => Hub.Server;

    public ServedRepository Serve(string id, int rows)
    {
        var set = Server.Dataset(id);
        set.Rows["default/train"] = Rows(rows, i => $"row {i}");
        return set;
    }

    public static List<JsonObject> Rows(int count, Func<int, string> text, string column = "question", string other = "id") =>
        [.. Enumerable.Range(0, count).Select(i => new JsonObject { [column] = text(i), [other] = $"{i}" })];

    public Task<DatasetPrompts> ReadAsync(string name, int? wanted, int spare = 0, bool shuffle = false, string? revision = null, HubSettings? settings = null) =>
        ReadAsync(DatasetReference.Of(new(name)), wanted, spare, shuffle, revision, settings);

    public Task<DatasetPrompts> ReadAsync(
        DatasetReference set, int? wanted, int spare = 0, bool shuffle = false, string? revision = null, HubSettings? settings = null)
    {
        var http = Hub.Http(settings);
        return new HubDatasets(http, new HubFiles(http, Hub.Clock)).ReadAsync(
            set, wanted, spare, count => shuffle ? PromptShuffle.Draw(count, 42) : Enumerable.Range(0, count), revision, progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>What was asked of the viewer's rows, in order: <c>offset=0&amp;length=100</c>.</summary>
    public string[] RowCalls() =>
        [.. Server.Requests.Where(request => request.Target.StartsWith("/rows", StringComparison.Ordinal)).Select(request => request.Target[request.Target.IndexOf("offset", StringComparison.Ordinal)..])];

    public void Dispose() => Hub.Dispose();
}

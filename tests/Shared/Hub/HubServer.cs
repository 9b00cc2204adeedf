using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Web;

namespace Lem.Tests.Shared.Hub;

/// <summary>A server on this machine that speaks as much of the Hugging Face hub and its dataset viewer as lem uses; with mischief on request.</summary>
sealed class HubServer : IDisposable
{
    readonly HttpListener _listener;
    readonly ConcurrentQueue<HubRequest> _requests = [];
    readonly List<ServedRepository> _repositories = [];
    readonly TaskCompletionSource _closing = new();
    readonly Task _loop;

    public HubServer()
    {
        (_listener, Address) = Listen();
        _loop = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    /// <summary>Where large files are sent from; null = from here.</summary>
    public HubServer? Storage { get; set; }

    /// <summary>Asked before each answer.</summary>
    public Func<HubRequest, Mischief?> Mischief { get; set; } = _ => null;

    public IReadOnlyCollection<HubRequest> Requests => _requests;

    public ServedRepository Model(string id) => Add($"models/{id}");

    public ServedRepository Dataset(string id) => Add($"datasets/{id}");

    public void Dispose()
    {
        _closing.TrySetResult();
        _listener.Close();
        _loop.Wait();
    }

    ServedRepository Add(string path)
    {
        var repository = new ServedRepository(path);
        _repositories.Add(repository);
        return repository;
    }

    // There is no listening on port 0 here: ports are tried until one is free.
    static (HttpListener, Uri) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            var address = new Uri($"http://127.0.0.1:{System.Security.Cryptography.RandomNumberGenerator.GetInt32(20_000, 60_000)}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(address.ToString());
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 50)
            {
                listener.Close();
            }
        }
    }

    async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    async Task AnswerAsync(HttpListenerContext context)
    {
        var request = new HubRequest(context.Request.HttpMethod, context.Request.RawUrl ?? "", context.Request.Headers["Authorization"], context.Request.Headers["Range"]);
        _requests.Enqueue(request);
        var answer = new ServerAnswer(context, Mischief(request), _closing.Task);
        try
        {
            await RouteAsync(answer, context.Request);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away.
        }
    }

    Task RouteAsync(ServerAnswer answer, HttpListenerRequest request)
    {
        if (answer.Mischief?.Status is { } status)
            return answer.StatusAsync(status, answer.Mischief.Headers);
        var parts = HttpUtility.UrlDecode((request.RawUrl ?? "").Split('?')[0]).Trim('/').Split('/');
        return parts switch
        {
            ["api", var kind, var org, var name, "revision", .. var revision] => ListAsync(answer, $"{kind}/{org}/{name}", string.Join('/', revision)),
            ["datasets", var org, var name, "resolve", var revision, .. var file] => FileAsync(answer, $"datasets/{org}/{name}", revision, string.Join('/', file)),
            [var org, var name, "resolve", var revision, .. var file] => FileAsync(answer, $"models/{org}/{name}", revision, string.Join('/', file)),
            ["storage", var etag] => _repositories.Select(repository => repository.Blob(etag)).OfType<byte[]>().FirstOrDefault() is { } blob
                ? answer.ContentAsync(blob, [])
                : answer.StatusAsync(404),
            ["splits"] => SplitsAsync(answer, request.QueryString["dataset"]),
            ["rows"] => RowsAsync(answer, request),
            _ => answer.StatusAsync(404),
        };
    }

    Task ListAsync(ServerAnswer answer, string path, string revision) => Find(path, revision, out var refusal) is { } repository
        ? answer.JsonAsync(new() { ["sha"] = repository.Commit, ["siblings"] = new JsonArray([.. repository.Files.Select(file => new JsonObject { ["rfilename"] = file })]) }, [])
        : answer.StatusAsync(404, refusal);

    Task FileAsync(ServerAnswer answer, string path, string revision, string file)
    {
        if (Find(path, revision, out var refusal) is not { } repository)
            return answer.StatusAsync(404, refusal);
        Dictionary<string, string> headers = new() { ["X-Repo-Commit"] = repository.Commit };
        if (!repository.TryFind(file, out var content, out var isLarge, out var etag))
            return answer.StatusAsync(404, new Dictionary<string, string>(headers) { ["X-Error-Code"] = "EntryNotFound" });
        if (!isLarge)
            return answer.ContentAsync(content, new(headers) { ["ETag"] = $"\"{etag}\"" });
        return answer.StatusAsync(302, new Dictionary<string, string>(headers)
        {
            ["X-Linked-Etag"] = $"\"{etag}\"",
            ["X-Linked-Size"] = $"{content.Length}",
            ["Location"] = new Uri((Storage ?? this).Address, $"storage/{etag}?signature=of-the-day").ToString(),
        });
    }

    Task SplitsAsync(ServerAnswer answer, string? dataset) => Served(dataset) is { } repository
        ? answer.JsonAsync(new()
        {
            ["splits"] = new JsonArray([.. repository.Rows.Keys.Select(key => new JsonObject { ["dataset"] = dataset, ["config"] = key.Split('/')[0], ["split"] = key.Split('/')[1] })]),
        }, [])
        : answer.StatusAsync(500, new Dictionary<string, string> { ["X-Error-Code"] = "DatasetGenerationError" });

    Task RowsAsync(ServerAnswer answer, HttpListenerRequest request)
    {
        var query = request.QueryString;
        if (Served(query["dataset"]) is not { } repository || !repository.Rows.TryGetValue($"{query["config"]}/{query["split"]}", out var rows))
            return answer.StatusAsync(404, new Dictionary<string, string> { ["X-Error-Code"] = "ResponseNotFound" });
        var (offset, length) = (int.Parse(query["offset"] ?? ""), int.Parse(query["length"] ?? ""));
        if (length > 100)
            return answer.StatusAsync(422, new Dictionary<string, string> { ["X-Error-Code"] = "InvalidParameter" });
        return answer.JsonAsync(
            new()
            {
                ["features"] = new JsonArray([.. rows[0].Select(cell => new JsonObject { ["name"] = cell.Key, ["type"] = new JsonObject { ["dtype"] = "string", ["_type"] = "Value" } })]),
                ["rows"] = new JsonArray([.. rows.Skip(offset).Take(length).Select((row, i) => new JsonObject { ["row_idx"] = offset + i, ["row"] = row.DeepClone(), ["truncated_cells"] = new JsonArray() })]),
                ["num_rows_total"] = rows.Count,
                ["num_rows_per_page"] = 100,
                ["partial"] = false,
            },
            new() { ["X-Revision"] = repository.ViewerCommit ?? repository.Commit });
    }

    ServedRepository? Served(string? dataset) => _repositories.FirstOrDefault(repository => repository.Path == $"datasets/{dataset}" && repository.Rows.Count > 0);

    ServedRepository? Find(string path, string revision, out Dictionary<string, string> refusal)
    {
        var repository = _repositories.FirstOrDefault(repository => repository.Path == path);
        refusal = new() { ["X-Error-Code"] = repository is null ? "RepoNotFound" : "RevisionNotFound" };
        return repository is not null && (revision == "main" || revision == repository.Commit) ? repository : null;
    }
}

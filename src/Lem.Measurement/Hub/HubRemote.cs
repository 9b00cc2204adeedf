using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lem.Core;

namespace Lem.Measurement.Hub;

/// <summary>What the hub has: revisions with their files, and the files themselves. Refusals become messages with their fix.</summary>
sealed partial class HubRemote(HubHttp http)
{
    // A listing of some ten thousand files; nothing that is asked for here is larger.
    const long MostJsonBytes = 64 << 20;

    HubSettings Settings => http.Settings;

    /// <summary>The commit that a revision stands for now, and its files.</summary>
    /// <exception cref="LemException">There is none, or it may not be read.</exception>
    /// <exception cref="HubUnreachableException"/>
    public async Task<HubRevision> RevisionAsync(HubRepository repository, string revision, int attempts, CancellationToken cancellationToken)
    {
        var address = new Uri(Settings.Endpoint, $"{repository.ApiPath}/revision/{Uri.EscapeDataString(revision)}");
        using var response = await http.GetAsync(address, attempts, cancellationToken);
        Require(response, repository, revision);
        using var json = await JsonAsync(response, cancellationToken);
        var files = json.RootElement.TryGetProperty("siblings", out var siblings) && siblings.ValueKind == JsonValueKind.Array
            ? siblings.EnumerateArray().Select(file => file.TryGetProperty("rfilename", out var name) ? name.GetString() : null)
            : [];
        return new(
            CommitIn(json.RootElement.TryGetProperty("sha", out var sha) ? sha.GetString() : null, address),
            [.. files.OfType<string>().Order(StringComparer.Ordinal)]);
    }

    /// <summary>What a file is, without its content.</summary>
    /// <exception cref="LemException">There is none, or it may not be read.</exception>
    /// <exception cref="HubUnreachableException"/>
    public async Task<HubFileHead> HeadAsync(HubRepository repository, string revision, string file, int attempts, CancellationToken cancellationToken)
    {
        var address = AddressOf(repository, revision, file);
        using var response = await http.SendAsync(HttpMethod.Head, address, from: null, to: null, attempts, cancellationToken);
        if ((int)response.StatusCode >= 400)
            Require(response, repository, file);
        var etag = HubHeaders.Etag(response);
        if (etag is null || !Name().IsMatch(etag) || HubHeaders.Length(response) is not { } length)
            throw NoHub(address, $"{file} has no ETag or no length");
        return new(file, CommitIn(HubHeaders.Commit(response), address), etag, length);
    }

    /// <summary>The content of a file at a commit, from a byte on.</summary>
    /// <param name="to">The last byte wanted; null = to the end.</param>
    /// <returns>An answer with the rest, with the whole, or <see cref="HttpStatusCode.RequestedRangeNotSatisfiable"/>.</returns>
    /// <exception cref="LemException">It may not be read.</exception>
    /// <exception cref="HubUnreachableException"/>
    public async Task<HttpResponseMessage> OpenAsync(HubRepository repository, HubFileHead file, long from, long? to, CancellationToken cancellationToken)
    {
        var address = AddressOf(repository, file.Commit, file.Name);
        var response = await http.SendAsync(HttpMethod.Get, address, from == 0 && to is null ? null : from, to, HubRetry.Attempts, cancellationToken);
        if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
            Require(response, repository, file.Name);
        return response;
    }

    /// <summary>The first bytes of a file, or all where it is shorter.</summary>
    /// <exception cref="LemException">It may not be read.</exception>
    /// <exception cref="HubUnreachableException"/>
    public async Task<byte[]> ReadPrefixAsync(HubRepository repository, HubFileHead file, int bytes, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(repository, file, from: 0, to: bytes - 1, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(http.Patience);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(patience.Token);
            var prefix = new byte[Math.Min(bytes, file.LengthBytes)];
            await content.ReadExactlyAsync(prefix, patience.Token);
            return prefix;
        }
        catch (Exception e) when (HubHttp.IsBroken(e, cancellationToken))
        {
            throw new HubUnreachableException(AddressOf(response), HubHttp.ReasonOf(e, http.Patience), e);
        }
    }

    public Uri PageOf(HubRepository repository) => new(Settings.Endpoint, repository.PagePath);

    /// <summary>A document of bounded size.</summary>
    public async Task<JsonDocument> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(http.Patience);
        try
        {
            await response.Content.LoadIntoBufferAsync(MostJsonBytes, patience.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(patience.Token);
            var document = await JsonDocument.ParseAsync(stream, cancellationToken: patience.Token);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw NoHub(AddressOf(response), "it answers with JSON of another form");
        }
        catch (JsonException e)
        {
            throw NoHub(AddressOf(response), "it does not answer with JSON", e);
        }
        catch (Exception e) when (HubHttp.IsBroken(e, cancellationToken))
        {
            throw new HubUnreachableException(AddressOf(response), HubHttp.ReasonOf(e, http.Patience), e);
        }
    }

    void Require(HttpResponseMessage response, HubRepository repository, string what)
    {
        if (!response.IsSuccessStatusCode)
            throw HubRefusal.Explain(response, repository, PageOf(repository), what, Settings.Token is not null);
    }

    Uri AddressOf(HubRepository repository, string revision, string file) => new(
        Settings.Endpoint,
        $"{repository.PagePath}/resolve/{Uri.EscapeDataString(revision)}/{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}");

    // Both become names of files here.
    static string CommitIn(string? text, Uri address) => text is not null && Commit().IsMatch(text) ? text : throw NoHub(address, "it tells no commit");

    static Uri AddressOf(HttpResponseMessage response) => response.RequestMessage?.RequestUri ?? throw new InvalidOperationException("an answer knows its request");

    static LemException NoHub(Uri address, string why, Exception? inner = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"{address.Host} does not answer as the Hugging Face hub does: {why}"),
        "Check HF_ENDPOINT, and whether a proxy or a log-in page answers in the hub's place.",
        inner);

    [GeneratedRegex(@"^[0-9a-f]{40}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Commit();

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

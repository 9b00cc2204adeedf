using System.Globalization;

namespace Lem.Measurement.Hub;

/// <summary>What the hub says in headers (names from huggingface_hub's constants.py and the dataset viewer's libapi).</summary>
static class HubHeaders
{
    /// <summary>Why it refuses: GatedRepo, RepoNotFound, RevisionNotFound, EntryNotFound; or the viewer's own codes.</summary>
    public static string? ErrorCode(HttpResponseMessage response) => Value(response, "X-Error-Code");

    public static string? ErrorMessage(HttpResponseMessage response) => Value(response, "X-Error-Message");

    /// <summary>The commit that a revision stands for.</summary>
    public static string? Commit(HttpResponseMessage response) => Value(response, "X-Repo-Commit");

    /// <summary>The commit whose rows the viewer serves.</summary>
    public static string? ViewerRevision(HttpResponseMessage response) => Value(response, "X-Revision");

    /// <summary>Whether a redirect tells all of the file that it leads to.</summary>
    public static bool DescribesLinked(HttpResponseMessage response) => Commit(response) is not null && Value(response, "X-Linked-Etag") is not null;

    /// <summary>The content's own name: SHA-256 of a large file, git's SHA-1 of a small one. Without quotes and the mark of weakness.</summary>
    public static string? Etag(HttpResponseMessage response)
    {
        var etag = Value(response, "X-Linked-Etag") ?? Value(response, "ETag");
        if (etag?.StartsWith("W/", StringComparison.Ordinal) is true)
            etag = etag[2..];
        return etag?.Trim('"');
    }

    /// <summary>Length of the file itself: of a redirect, not the length of the page that redirects.</summary>
    public static long? Length(HttpResponseMessage response) =>
        long.TryParse(Value(response, "X-Linked-Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var linked)
            ? linked
            : response.IsSuccessStatusCode ? response.Content.Headers.ContentLength : null;

    public static string? Value(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

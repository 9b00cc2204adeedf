using System.Text;
using Lem.Core;
using Lem.Core.Results.Storage;

namespace Lem.Measurement.Hub;

/// <summary>The cache that huggingface_hub and all tools built on it share: blobs by the name of their content, snapshots of commits that link to them, refs of branches and tags.</summary>
/// <remarks>
/// <c>models--org--name/{refs/main, blobs/&lt;etag&gt;, snapshots/&lt;commit&gt;/file}</c>, locks in <c>.locks/models--org--name/&lt;etag&gt;.lock</c>
/// (huggingface_hub, file_download.py). Both sides lock by flock(2), so that neither disturbs the other's download.
/// </remarks>
/// <param name="root"><c>HF_HUB_CACHE</c>.</param>
/// <param name="symlinks">False = snapshots hold the files themselves.</param>
sealed class HubCache(string root, bool symlinks, TimeProvider time)
{
    public string FolderOf(HubRepository repository) => Path.Combine(root, repository.FolderName);

    /// <summary>The file at a commit, or at what a branch or tag was last known to be; null where it is not here.</summary>
    /// <exception cref="LemException">No file of a repository can have this name.</exception>
    public HubFile? Find(HubRepository repository, string revision, string file)
    {
        _ = Relative(file);
        if (CommitOf(repository, revision) is not { } commit)
            return null;
        var path = PathOf(repository, commit, file);
        return File.Exists(path) ? new(path, commit, EtagOf(path)) : null;
    }

    /// <summary>What a revision was last known to be.</summary>
    public string? CommitOf(HubRepository repository, string revision)
    {
        if (HubRemote.Commit().IsMatch(revision))
            return revision;
        var path = RefOf(repository, revision);
        try
        {
            return File.Exists(path) && File.ReadAllText(path).Trim() is var commit && HubRemote.Commit().IsMatch(commit) ? commit : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{path}: cannot be read: {e.Message}", "Give it read permission, or let HF_HOME (or HF_HUB_CACHE) name another cache.", e);
        }
    }

    /// <summary>The files of a commit that are here, with forward slashes, in order.</summary>
    public IReadOnlyList<string> FilesOf(HubRepository repository, string commit)
    {
        var folder = Path.Combine(FolderOf(repository), "snapshots", commit);
        if (!Directory.Exists(folder))
            return [];
        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(File.Exists) // a link whose blob is gone is no file
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Keeps what a branch or tag stands for now.</summary>
    public void Remember(HubRepository repository, string revision, string commit)
    {
        if (revision == commit || CommitOf(repository, revision) == commit)
            return;
        try
        {
            AtomicFile.Write(RefOf(repository, revision), Encoding.ASCII.GetBytes(commit));
        }
        catch (LemException)
        {
            // A cache that may only be read, such as an institute's: what lies in it can be used all the same.
        }
    }

    public string BlobOf(HubRepository repository, HubFileHead head) => Path.Combine(FolderOf(repository), "blobs", head.Etag);

    /// <summary>Keeps other processes away from a blob, ours and those of huggingface_hub.</summary>
    public async Task<IDisposable> LockAsync(HubRepository repository, HubFileHead head, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, ".locks", repository.FolderName));
        return await FileLock.HoldAsync(Path.Combine(folder.FullName, head.Etag), time, patience: null, cancellationToken);
    }

    /// <summary>Shows a blob in the snapshot of its commit.</summary>
    /// <param name="isNew">Nobody else can know the blob yet: without links it is moved instead of copied.</param>
    public HubFile Show(HubRepository repository, HubFileHead head, bool isNew)
    {
        var path = PathOf(repository, head.Commit, head.Name);
        var blob = BlobOf(repository, head);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A file always has a folder.
        if (!symlinks || !TryLink(path, blob))
        {
            if (isNew)
                File.Move(blob, path, overwrite: true);
            else
                File.Copy(blob, path, overwrite: true);
        }

        return new(path, head.Commit, head.Etag);
    }

    // Relative, so that the cache may be moved.
    static bool TryLink(string path, string blob)
    {
        try
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, blob)); // A file always has a folder.
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows without the right to link, and file systems without links. Where nothing can be written at all, the copy says so.
            return false;
        }
    }

    static string? EtagOf(string path) => new FileInfo(path).LinkTarget is { } target ? Path.GetFileName(target) : null;

    string PathOf(HubRepository repository, string commit, string file) => Path.Combine(FolderOf(repository), "snapshots", commit, Relative(file));

    string RefOf(HubRepository repository, string revision) => Path.Combine(FolderOf(repository), "refs", Relative(revision));

    // Names come from users and from the hub: none may lead out of its folder.
    static string Relative(string name)
    {
        var parts = name.Split('/');
        return parts.Any(part => part is "" or "." or ".." || part.Contains('\\', StringComparison.Ordinal) || part.Contains('\0', StringComparison.Ordinal))
            ? throw new LemException($"{name} is no name of a file or revision in a repository", "Give it as the hub's page shows it, without .. and without a slash at its ends.")
            : Path.Combine(parts);
    }
}

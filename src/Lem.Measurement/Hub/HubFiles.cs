using Lem.Core;

namespace Lem.Measurement.Hub;

/// <summary>Files of the hub on this machine: found in the shared cache, or brought there.</summary>
public sealed class HubFiles
{
    public const string MainRevision = "main";

    readonly HubHttp _http;
    readonly HubSettings _settings;
    readonly HubRemote _remote;
    readonly HubCache _cache;
    readonly BlobDownload _download;

    /// <param name="freeBytes">Space left where a folder lies, or null where it cannot be told.</param>
    public HubFiles(HubHttp http, TimeProvider time, Func<string, long?>? freeBytes = null)
    {
        (_http, _settings) = (http, http.Settings);
        _remote = new(http);
        _cache = new(Path.GetFullPath(_settings.Cache), _settings.Symlinks, time);
        _download = new(http, _remote, freeBytes ?? (folder => new DriveInfo(folder).AvailableFreeSpace));
    }

    internal HubRemote Remote => _remote;

    internal HubSettings Settings => _settings;

    /// <summary>A file at a revision. A commit that is here needs no network; of a branch the hub is asked, and only if it cannot be reached what was last known counts.</summary>
    /// <param name="progress">Told while something is downloaded; never where the file is here.</param>
    /// <exception cref="LemException">There is no such file, it may not be read, there is no room for it, or it is not here and the hub out of reach.</exception>
    public async Task<HubFile> EnsureAsync(
        HubRepository repository, string revision, string file, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var known = _cache.Find(repository, revision, file);
        if (known is not null && (_settings.IsOffline || known.Commit == revision))
            return known;
        try
        {
            RequireOnline(repository, $"{repository} {file}");
            var head = await _remote.HeadAsync(repository, revision, file, AttemptsBeside(known), cancellationToken);
            return await BringAsync(repository, revision, head, progress, cancellationToken);
        }
        catch (HubUnreachableException e)
        {
            return known is not null ? LastKnown(known, known.Commit, repository, e) : throw e.Explain($"{repository} {file}", _cache.FolderOf(repository));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Disk(repository, e);
        }
    }

    /// <summary>What a revision stands for and which files it has; where the hub is out of reach, which of them are here.</summary>
    /// <exception cref="LemException">There is no such revision, it may not be read, or nothing of it is known here and the hub out of reach.</exception>
    internal async Task<HubRevision> RevisionAsync(HubRepository repository, string revision, CancellationToken cancellationToken)
    {
        var known = Known(repository, revision);
        if (known is not null && _settings.IsOffline)
            return known;
        try
        {
            RequireOnline(repository, $"{repository} at {revision}");
            return await _remote.RevisionAsync(repository, revision, AttemptsBeside(known), cancellationToken);
        }
        catch (HubUnreachableException e)
        {
            return known is not null ? LastKnown(known, known.Commit, repository, e) : throw e.Explain($"{repository} at {revision}", _cache.FolderOf(repository));
        }
    }

    /// <summary>The first bytes of a file, unchecked, and the length of the whole. Nothing is kept.</summary>
    /// <exception cref="LemException">It may not be read, or the hub is out of reach.</exception>
    internal async Task<(byte[] Prefix, long LengthBytes)> ReadPrefixAsync(
        HubRepository repository, string commit, string file, int bytes, CancellationToken cancellationToken)
    {
        try
        {
            RequireOnline(repository, $"{repository} {file}");
            var head = await _remote.HeadAsync(repository, commit, file, HubRetry.Attempts, cancellationToken);
            return (await _remote.ReadPrefixAsync(repository, head, bytes, cancellationToken), head.LengthBytes);
        }
        catch (HubUnreachableException e)
        {
            throw e.Explain($"{repository} {file}", _cache.FolderOf(repository));
        }
    }

    /// <summary>A file of a commit if it is here.</summary>
    internal HubFile? Find(HubRepository repository, string commit, string file) => _cache.Find(repository, commit, file);

    /// <summary>Keeps what a branch or tag stands for, so that it is known without the hub.</summary>
    internal void Remember(HubRepository repository, string revision, string commit) => _cache.Remember(repository, revision, commit);

    async Task<HubFile> BringAsync(
        HubRepository repository, string revision, HubFileHead head, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        if (_cache.Find(repository, head.Commit, head.Name) is not { } file)
        {
            var blob = _cache.BlobOf(repository, head);
            Directory.CreateDirectory(Path.GetDirectoryName(blob)!); // A file always has a folder.
            using var held = await _cache.LockAsync(repository, head, cancellationToken);
            // Another process may have brought it while this one waited; another commit may have the same content.
            file = _cache.Find(repository, head.Commit, head.Name);
            if (file is null)
            {
                var isNew = !File.Exists(blob);
                if (isNew)
                    await _download.FetchAsync(repository, head, blob, progress, cancellationToken);
                file = _cache.Show(repository, head, isNew);
            }
        }

        _cache.Remember(repository, revision, head.Commit);
        return file;
    }

    static int AttemptsBeside(object? known) => known is null ? HubRetry.Attempts : 1;

    T LastKnown<T>(T known, string commit, HubRepository repository, HubUnreachableException e)
    {
        _http.Tell($"{e.Message}; {repository} is taken from the cache as it was last known ({commit[..8]})");
        return known;
    }

    HubRevision? Known(HubRepository repository, string revision) =>
        _cache.CommitOf(repository, revision) is { } commit && _cache.FilesOf(repository, commit) is { Count: > 0 } files ? new(commit, files) : null;

    void RequireOnline(HubRepository repository, string wanted)
    {
        if (_settings.IsOffline)
        {
            throw new LemException(
                $"{wanted} is not in the cache {_cache.FolderOf(repository)}, and HF_HUB_OFFLINE forbids to fetch it",
                "Unset HF_HUB_OFFLINE (or TRANSFORMERS_OFFLINE) once, copy the cache of a machine that has it, or let HF_HOME name another.");
        }
    }

    LemException Disk(HubRepository repository, Exception e) => new(
        $"{_cache.FolderOf(repository)}: {e.Message}",
        "Check space and permissions of the cache, or let HF_HOME (or HF_HUB_CACHE) name another folder.",
        e);
}

using Lem.Core;
using Lem.Core.Configuration;

namespace Lem.Measurement.Hub;

/// <summary>GGUF models of the hub: which one a reference means, its files on this machine, its head without the rest.</summary>
public sealed class HubModels(HubFiles files)
{
    /// <summary>Finds what is meant; nothing large is fetched.</summary>
    /// <param name="revision">Commit, tag or branch; null = main.</param>
    /// <exception cref="LemException">There is no such model, it may not be read, or nothing is known of it here and the hub out of reach.</exception>
    public async Task<HubModel> FindAsync(GgufReference reference, string? revision, CancellationToken cancellationToken)
    {
        var repository = HubRepository.Model(reference.Repository);
        revision ??= HubFiles.MainRevision;
        var found = await files.RevisionAsync(repository, revision, cancellationToken);
        return new(repository, revision, found.Commit, GgufSelection.Choose(reference, found.Files));
    }

    /// <summary>Brings all files of a model here.</summary>
    /// <returns>The first of them; the engine finds the other parts beside it.</returns>
    public async Task<HubFile> EnsureAsync(HubModel model, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        HubFile? first = null;
        foreach (var file in model.Files)
        {
            var here = await files.EnsureAsync(model.Repository, model.Commit, file, progress, cancellationToken);
            first ??= here;
        }

        // Only now: other tools look for what they have of a branch under the commit that is noted for it.
        files.Remember(model.Repository, model.Revision, model.Commit);
        return first ?? throw new ArgumentException("a model has files", nameof(model));
    }

    /// <summary>Whether all of a model is here already.</summary>
    public bool IsHere(HubModel model) => model.Files.All(file => files.Find(model.Repository, model.Commit, file) is not null);

    /// <summary>The beginning of the model's first file, read as if it were the whole: from the cache where it is here, else so much of it as the reader wants.</summary>
    /// <param name="read">Reads from a stream that knows the whole length; asked again with more where it met the end of what there was.</param>
    public async Task<T> ReadHeadAsync<T>(HubModel model, Func<Stream, T> read, CancellationToken cancellationToken)
    {
        if (files.Find(model.Repository, model.Commit, model.Files[0]) is { } here)
        {
            await using var file = File.OpenRead(here.Path);
            return read(file);
        }

        for (var bytes = 4 << 20; ; bytes *= 4)
        {
            var (prefix, length) = await files.ReadPrefixAsync(model.Repository, model.Commit, model.Files[0], bytes, cancellationToken);
            try
            {
                using var stream = new PrefixStream(prefix, length);
                return read(stream);
            }
            catch (EndOfStreamException) when (prefix.Length < length && bytes < int.MaxValue / 4)
            {
                // A large vocabulary: more of it is needed.
            }
        }
    }

    sealed class PrefixStream(byte[] prefix, long length) : MemoryStream(prefix, writable: false)
    {
        public override long Length => length;
    }
}

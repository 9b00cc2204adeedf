using System.Net;
using Lem.Core;

namespace Lem.Measurement.Hub;

/// <summary>Brings the content of a file into the cache: goes on where an earlier try broke off, and takes only what its name vouches for.</summary>
/// <param name="freeBytes">Space left where a folder lies, or null where it cannot be told.</param>
sealed class BlobDownload(HubHttp http, HubRemote remote, Func<string, long?> freeBytes)
{
    const int BufferBytes = 1 << 20;

    /// <summary>Leaves the whole and right content at <paramref name="path"/>. Whoever calls holds the blob's lock.</summary>
    /// <exception cref="LemException">There is no room, or what comes is not what was announced.</exception>
    /// <exception cref="HubUnreachableException">The connection breaks again and again; what came in stays for the next try.</exception>
    public async Task FetchAsync(HubRepository repository, HubFileHead head, string path, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var incomplete = $"{path}.incomplete";
        RequireRoom(repository, head, incomplete);
        await using (var blob = await PartialBlob.OpenAsync(incomplete, head, cancellationToken))
        {
            var wasResumed = blob.LengthBytes > 0;
            await FillAsync(blob, repository, head, progress, cancellationToken);
            var isRight = blob.IsRight();
            if (!isRight && wasResumed)
            {
                // The fault may lie in what an earlier try left.
                blob.Restart();
                await FillAsync(blob, repository, head, progress, cancellationToken);
                isRight = blob.IsRight();
            }

            if (!isRight)
            {
                File.Delete(incomplete);
                throw new LemException(
                    $"{repository} {head.Name}: what came is not the file: its checksum is not {head.Etag}",
                    "Try again; if it stays so, a proxy or a mirror (HF_ENDPOINT) changes or cuts what it passes on.");
            }

            blob.Flush();
        }

        File.Move(incomplete, path, overwrite: true);
    }

    /// <summary>Fills the blob to its length, over as many connections as it takes, as long as each brings something.</summary>
    async Task FillAsync(PartialBlob blob, HubRepository repository, HubFileHead head, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        for (var failures = 0; blob.LengthBytes < head.LengthBytes;)
        {
            var before = blob.LengthBytes;
            if (await AppendAsync(blob, repository, head, progress, cancellationToken) is not { } broken)
                continue;
            failures = blob.LengthBytes > before ? 1 : failures + 1;
            if (failures == HubRetry.Attempts)
                throw new HubUnreachableException(remote.PageOf(repository), $"{head.Name} breaks off at byte {blob.LengthBytes} of {head.LengthBytes} ({broken})");
            await http.WaitAsync(remote.PageOf(repository), HubRetry.Pause(failures), cancellationToken);
        }
    }

    /// <summary>Takes what one connection brings.</summary>
    /// <returns>Why it ended early; null where it did not.</returns>
    async Task<string?> AppendAsync(PartialBlob blob, HubRepository repository, HubFileHead head, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var response = await remote.OpenAsync(repository, head, blob.LengthBytes, to: null, cancellationToken);
        // Who does not know ranges sends all of it again.
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != blob.LengthBytes)
            blob.Restart();
        if (!response.IsSuccessStatusCode)
            return "the rest of the file was refused";

        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferBytes];
        while (blob.LengthBytes < head.LengthBytes)
        {
            var (read, broken) = await ReadAsync(content, buffer, cancellationToken);
            if (read == 0)
                return broken ?? "the connection ended early";
            // Whatever comes beyond the announced length is none of the file; the checksum tells whether the rest is.
            await blob.AppendAsync(buffer.AsMemory(0, (int)Math.Min(read, head.LengthBytes - blob.LengthBytes)), cancellationToken);
            progress?.Report(new(head.Name, blob.LengthBytes, head.LengthBytes));
        }

        return null;
    }

    // Failures of the network only: those of the disk are another matter, and pass through.
    async Task<(int Read, string? Broken)> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(http.Patience);
        try
        {
            return (await content.ReadAsync(buffer, patience.Token), null);
        }
        catch (Exception e) when (HubHttp.IsBroken(e, cancellationToken))
        {
            return (0, HubHttp.ReasonOf(e, http.Patience));
        }
    }

    void RequireRoom(HubRepository repository, HubFileHead head, string incomplete)
    {
        var folder = Path.GetDirectoryName(incomplete)!; // A file always has a folder.
        var missing = head.LengthBytes - (File.Exists(incomplete) ? new FileInfo(incomplete).Length : 0);
        if (freeBytes(folder) is { } free && free < missing)
        {
            throw new LemException(
                $"{repository} {head.Name}: {missing} bytes are still to come, but only {free} are free in {folder}",
                "Free some space, or let HF_HOME (or HF_HUB_CACHE) name a folder on another disk.");
        }
    }
}

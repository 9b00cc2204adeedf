using System.Collections.Concurrent;
using System.Text.Json;
using Lem.Core.Results.Storage;

namespace Lem.Core.Results.Listing;

/// <summary>
/// Lists a results directory without reading every result every time: <c>index.jsonl</c> keeps what was read, each line as long as its file has the
/// same size and time of change. A cache and nothing more: it may be deleted, torn, or not writable, and the list is the same.
/// </summary>
public sealed class ResultIndex(ResultsDirectory directory)
{
    const string ResultSuffix = ".json";
    const string CyclesSuffix = "_multi_cycle.json";

    /// <summary>Looks at every file, and reads those that are new or have changed.</summary>
    public ResultListing Look()
    {
        var index = Task.Run(Known); // a core parses what is known while another looks at the files
        var unreadable = new ConcurrentBag<(string File, string Message)>();
        List<(string Path, IndexEntry Seen)> files = [];
        foreach (var file in Files(directory.Aggregated, ResultSuffix).Concat(Files(directory.Root, CyclesSuffix)))
        {
            // The size and time of now: what changes while it is read is read again the next time.
            if (Try(file.FullName, unreadable, path => new IndexEntry(Path.GetFileName(path), file.Length, file.LastWriteTimeUtc.Ticks)) is { } seen)
                files.Add((file.FullName, seen));
        }

        var known = index.GetAwaiter().GetResult();
        List<IndexEntry> entries = [];
        List<(string Path, IndexEntry Seen)> changed = [];
        foreach (var file in files)
        {
            if (known.TryGetValue(file.Seen.File, out var entry) && (entry.Size, entry.Modified) == (file.Seen.Size, file.Seen.Modified))
                entries.Add(entry);
            else
                changed.Add(file);
        }

        if (changed.Count > 0)
            entries.AddRange(Read(changed, unreadable));
        if (changed.Count > 0 || entries.Count != known.Count)
            Keep(entries);
        return Listing(entries, unreadable);
    }

    static ResultListing Listing(List<IndexEntry> entries, IEnumerable<(string File, string Message)> unreadable)
    {
        var results = new Dictionary<string, ResultDigest>(entries.Count, StringComparer.Ordinal);
        var cycles = new Dictionary<string, CycleDigest>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Result is not null)
                results.Add(entry.File[..^ResultSuffix.Length], entry.Result);
            if (entry.Cycles is not null)
                cycles.Add(entry.File[..^CyclesSuffix.Length], entry.Cycles);
        }

        return new ResultListing(results, cycles, [.. unreadable.OrderBy(u => u.File, StringComparer.Ordinal).Select(u => u.Message)]);
    }

    static ConcurrentBag<IndexEntry> Read(List<(string Path, IndexEntry Seen)> changed, ConcurrentBag<(string File, string Message)> unreadable)
    {
        var read = new ConcurrentBag<IndexEntry>();
        Parallel.ForEach(changed, file =>
        {
            if (Try(file.Path, unreadable, path => Read(path, file.Seen)) is { } entry)
                read.Add(entry);
        });
        return read;
    }

    static IndexEntry? Try(string path, ConcurrentBag<(string File, string Message)> unreadable, Func<string, IndexEntry> read)
    {
        try
        {
            return read(path);
        }
        catch (IOException e)
        {
            unreadable.Add((Path.GetFileName(path), DiskFailure.Explain(path, e).Message));
        }
        catch (UnauthorizedAccessException)
        {
            unreadable.Add((Path.GetFileName(path), $"{path}: no permission to read"));
        }
        catch (LemException e)
        {
            unreadable.Add((Path.GetFileName(path), e.Message));
        }

        return null;
    }

    static IEnumerable<FileInfo> Files(string folder, string suffix) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*" + suffix).Where(file => ExperimentId.IsOurs(file.Name[..^suffix.Length]))
        : [];

    static IndexEntry Read(string path, IndexEntry seen) => seen.File.EndsWith(CyclesSuffix, StringComparison.Ordinal)
        ? seen with { Cycles = ResultReader.Parse(File.ReadAllBytes(path), ListingJson.Default.CycleDigest, seen.File) }
        : seen with { Result = ResultReader.Parse(File.ReadAllBytes(path), ListingJson.Default.ResultDigest, seen.File) };

    /// <summary>The index by file name; what of it cannot be read is as if it were not there.</summary>
    Dictionary<string, IndexEntry> Known()
    {
        var known = new Dictionary<string, IndexEntry>(StringComparer.Ordinal);
        try
        {
            ReadOnlySpan<byte> lines = File.ReadAllBytes(directory.Index);
            foreach (var range in lines.Split((byte)'\n'))
            {
                if (!lines[range].IsEmpty && JsonSerializer.Deserialize(lines[range], ListingJson.Default.IndexEntry) is { } entry)
                    known[entry.File] = entry;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // None yet, not ours to read, or damaged: the results themselves are there.
        }

        return known;
    }

    void Keep(List<IndexEntry> entries)
    {
        using var lines = new MemoryStream();
        foreach (var entry in entries.OrderBy(entry => entry.File, StringComparer.Ordinal))
        {
            JsonSerializer.Serialize(lines, entry, ListingJson.Default.IndexEntry);
            lines.WriteByte((byte)'\n');
        }

        try
        {
            AtomicFile.Write(directory.Index, lines.GetBuffer().AsSpan(0, (int)lines.Length));
        }
        catch (LemException)
        {
            // Somebody else's results, or a full disk: the next look reads them again.
        }
    }
}

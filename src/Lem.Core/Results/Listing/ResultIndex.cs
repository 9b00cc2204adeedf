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
        var known = Known();
        var unreadable = new ConcurrentBag<(string File, string Message)>();
        var current = new ConcurrentBag<IndexEntry>();
        var anew = 0;
        Parallel.ForEach(Files(directory.Aggregated, ResultSuffix).Concat(Files(directory.Root, CyclesSuffix)), file =>
        {
            try
            {
                // The size and time of now: what changes while it is read is read again the next time.
                var seen = new IndexEntry(file.Name, file.Length, file.LastWriteTimeUtc.Ticks);
                var isKnown = known.TryGetValue(file.Name, out var entry) && (entry.Size, entry.Modified) == (seen.Size, seen.Modified);
                current.Add(isKnown ? entry! : Read(file.FullName, seen)); // a known one is there
                if (!isKnown)
                    Interlocked.Increment(ref anew);
            }
            catch (IOException e)
            {
                unreadable.Add((file.Name, DiskFailure.Explain(file.FullName, e).Message));
            }
            catch (UnauthorizedAccessException)
            {
                unreadable.Add((file.Name, $"{file.FullName}: no permission to read"));
            }
            catch (LemException e)
            {
                unreadable.Add((file.Name, e.Message));
            }
        });

        var entries = current.OrderBy(entry => entry.File, StringComparer.Ordinal).ToList();
        if (anew > 0 || entries.Count != known.Count)
            Keep(entries);
        return new ResultListing(
            entries.Where(e => e.Result is not null).ToDictionary(e => e.File[..^ResultSuffix.Length], e => e.Result!), // just asked, as below
            entries.Where(e => e.Cycles is not null).ToDictionary(e => e.File[..^CyclesSuffix.Length], e => e.Cycles!),
            [.. unreadable.OrderBy(u => u.File, StringComparer.Ordinal).Select(u => u.Message)]);
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
        foreach (var entry in entries)
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

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lem.Core;
using Lem.Core.Results.Storage;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>Prompts that were read before: the same question has the same answer without the network, until the folder is deleted.</summary>
/// <remarks>
/// <c>HF_HOME/lem/datasets/org--name/&lt;commit&gt;/&lt;question&gt;.jsonl</c>, a head and a line per row; <c>refs/&lt;question&gt;</c> holds the commit that counts.
/// A question is file, subset, split and column as they were asked for. Files are replaced whole: of two that write at once one is lost, and read again.
/// </remarks>
sealed class KeptPrompts(string home)
{
    static readonly byte[] _newLine = "\n"u8.ToArray();

    public string FolderOf(DatasetReference set) => Path.Combine(home, "lem", "datasets", set.Repository.Id.Replace("/", "--", StringComparison.Ordinal));

    /// <summary>What is kept of a question; null = nothing that can be read.</summary>
    /// <param name="revision">The commit; null = the one that counts.</param>
    public (KeptHead Head, Dictionary<int, string> Texts)? Read(DatasetReference set, string? revision)
    {
        try
        {
            revision ??= File.Exists(RefOf(set)) ? File.ReadAllText(RefOf(set)) : null;
            if (revision is null || !HubRemote.Commit().IsMatch(revision) || !File.Exists(PathOf(set, revision)))
                return null;
            using var lines = File.ReadLines(PathOf(set, revision)).GetEnumerator();
            if (!lines.MoveNext() || JsonSerializer.Deserialize(lines.Current, DatasetJson.Default.KeptHead) is not { } head)
                return null;
            var texts = new Dictionary<int, string>();
            while (lines.MoveNext())
            {
                if (JsonSerializer.Deserialize(lines.Current, DatasetJson.Default.KeptRow) is { } row)
                    texts[row.Row] = row.Text;
            }

            return (head, texts);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // It can be read anew from where it came.
            return null;
        }
    }

    /// <exception cref="LemException">The folder cannot be written.</exception>
    public void Keep(DatasetReference set, KeptHead head, IReadOnlyDictionary<int, string> texts)
    {
        var content = new ArrayBufferWriter<byte>();
        content.Write(JsonSerializer.SerializeToUtf8Bytes(head, DatasetJson.Default.KeptHead));
        content.Write(_newLine);
        foreach (var (row, text) in texts.OrderBy(kept => kept.Key))
        {
            content.Write(JsonSerializer.SerializeToUtf8Bytes(new KeptRow(row, text), DatasetJson.Default.KeptRow));
            content.Write(_newLine);
        }

        AtomicFile.Write(PathOf(set, head.Revision), content.WrittenSpan);
        AtomicFile.Write(RefOf(set), Encoding.ASCII.GetBytes(head.Revision));
    }

    string PathOf(DatasetReference set, string revision) => Path.Combine(FolderOf(set), revision, $"{Question(set)}.jsonl");

    string RefOf(DatasetReference set) => Path.Combine(FolderOf(set), "refs", Question(set));

    // Names of subsets and columns may hold anything; the head says them in full.
    static string Question(DatasetReference set) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', set.File, set.Subset, set.Split, set.Column))))[..16];
}

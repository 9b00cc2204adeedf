using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lem.Core.Configuration.Secrets;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Storage;

/// <summary>Writes the raw files of measured windows and tells which windows are whole.</summary>
/// <param name="secrets">
/// Taken out of every text on its way to the disk: engines repeat in their logs, errors and parameters what they were started with.
/// </param>
public sealed class RawStore(ResultsDirectory directory, TimeProvider time, SecretRedactor? secrets = null)
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public void WriteExperiment(string windowId, RawExperiment experiment) =>
        Write(directory.Experiment(windowId), experiment, RawJson.Default.RawExperiment);

    public void WriteHost(string windowId, RawHost host) => Write(directory.Host(windowId), host, RawJson.Default.RawHost);

    public void WriteProcess(string windowId, RawProcess process) =>
        Write(directory.Process(windowId, process.ProcessIndex), process, RawJson.Default.RawProcess);

    /// <summary>Declares a process's files whole: hashes its process file as it lies on disk. Call last.</summary>
    public void WriteMarker(string windowId, int process)
    {
        var path = directory.Process(windowId, process);
        var marker = new CompletionMarker(process, Path.GetFileName(path), Sha256(path), time.GetUtcNow());
        Write(directory.Marker(windowId, process), marker, RawJson.Default.CompletionMarker);
    }

    /// <summary>A new requests_&lt;N&gt;.jsonl to append to. Each flush is one write to the operating system.</summary>
    public RequestLogWriter OpenRequests(string windowId, int process) => new(OpenAppend(directory.Requests(windowId, process)), secrets);

    /// <summary>A new file to append to, without a buffer of its own: every write is one <c>write(2)</c>.</summary>
    /// <exception cref="LemException">It exists already, the disk is full, or there is no permission.</exception>
    public static FileStream OpenAppend(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A path of ours always has a folder.
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw DiskFailure.Explain(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw DiskFailure.Explain(path, e);
        }
    }

    /// <summary>Whether a window was measured to its end, and its host's and every process's files are there as they were marked.</summary>
    public bool IsComplete(string windowId)
    {
        var path = directory.Experiment(windowId);
        if (!File.Exists(path) || !File.Exists(directory.Host(windowId)))
            return false;
        try
        {
            var experiment = JsonSerializer.Deserialize(File.ReadAllBytes(path), RawJson.Default.RawExperiment);
            return experiment is { Partial: false, Processes: > 0 } && Enumerable.Range(0, experiment.Processes).All(n => IsMarked(windowId, n));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    bool IsMarked(string windowId, int process)
    {
        var path = directory.Marker(windowId, process);
        return File.Exists(path) && File.Exists(directory.Process(windowId, process)) && File.Exists(directory.Requests(windowId, process))
            && JsonSerializer.Deserialize(File.ReadAllBytes(path), RawJson.Default.CompletionMarker)?.Sha256 == Sha256(directory.Process(windowId, process));
    }

    /// <summary>Ids of all windows with a folder, in order; other names in raw/ are passed over.</summary>
    public IReadOnlyList<string> Windows() => Directory.Exists(directory.Raw)
        ? [.. Directory.EnumerateDirectories(directory.Raw)
            .Select(path => Path.GetFileName(path))
            .Where(ExperimentId.IsOurs)
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Moves what an interrupted try left into attempt_&lt;n&gt;/: kept, never aggregated. False when there was nothing.</summary>
    public bool SetAside(string windowId)
    {
        var window = directory.Window(windowId);
        if (!Directory.Exists(window))
            return false;
        try
        {
            var torn = Directory.EnumerateFileSystemEntries(window)
                .Where(path => !Path.GetFileName(path).StartsWith("attempt_", StringComparison.Ordinal))
                .ToList();
            if (torn.Count == 0)
                return false;

            var attempt = Enumerable.Range(1, int.MaxValue).Select(n => directory.Attempt(windowId, n)).First(path => !Directory.Exists(path));
            Directory.CreateDirectory(attempt);

            // Markers first: a crash half-way must not leave a marker beside missing files.
            foreach (var path in torn.OrderBy(path => Path.GetFileName(path)[0] == '.' ? 0 : 1))
                Directory.Move(path, Path.Combine(attempt, Path.GetFileName(path)));
            AtomicFile.SyncDirectory(window);
            return true;
        }
        catch (IOException e)
        {
            throw DiskFailure.Explain(window, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw DiskFailure.Explain(window, e);
        }
    }

    internal static string Sha256(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        AtomicFile.Write(path, secrets is null ? JsonSerializer.SerializeToUtf8Bytes(value, type) : Redacted(JsonSerializer.SerializeToNode(value, type), secrets));

    static ReadOnlySpan<byte> Redacted(JsonNode? json, SecretRedactor secrets)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
            secrets.Redact(json)?.WriteTo(writer);
        return bytes.WrittenSpan;
    }
}

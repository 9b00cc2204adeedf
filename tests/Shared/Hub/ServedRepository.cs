using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Lem.Tests.Shared.Hub;

/// <summary>A repository of the test hub at one commit.</summary>
sealed class ServedRepository(string path)
{
    readonly Dictionary<string, (byte[] Content, bool IsLarge)> _files = [];

    /// <summary><c>models/org/name</c> or <c>datasets/org/name</c>.</summary>
    public string Path => path;

    public string Commit { get; set; } = new('a', 40);

    /// <summary>What the viewer has of it, by <c>subset/split</c>; without any it does not serve it.</summary>
    public Dictionary<string, IReadOnlyList<JsonObject>> Rows { get; } = [];

    /// <summary>The commit whose rows the viewer has; it may lag behind.</summary>
    public string? ViewerCommit { get; set; }

    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <summary>A small file: named by git, sent by the hub itself.</summary>
    public void Small(string name, string text) => _files[name] = (Encoding.UTF8.GetBytes(text), false);

    /// <summary>A file of the large-file storage: named by its SHA-256, sent from elsewhere.</summary>
    public void Large(string name, byte[] content) => _files[name] = (content, true);

    public bool TryFind(string name, out byte[] content, out bool isLarge, out string etag)
    {
        var found = _files.TryGetValue(name, out var file);
        (content, isLarge) = found ? file : ([], false);
        etag = EtagOf(content, isLarge);
        return found;
    }

    /// <summary>Content by its name.</summary>
    public byte[]? Blob(string etag) => _files.Values.FirstOrDefault(file => EtagOf(file.Content, file.IsLarge) == etag).Content;

    // SHA-1 is how git names content; it protects nothing here.
    static string EtagOf(byte[] content, bool isLarge) => Convert.ToHexStringLower(
        isLarge
            ? CryptographicOperations.HashData(HashAlgorithmName.SHA256, content)
            : CryptographicOperations.HashData(HashAlgorithmName.SHA1, (byte[])[.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
}

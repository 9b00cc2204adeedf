using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lem.Measurement.Hub;

/// <summary>The check of a blob against its name, taken while it comes in.</summary>
/// <remarks>An etag is the SHA-256 of a file in large-file storage, else git's name for it: SHA-1 over "blob &lt;length&gt;\0" and the content.</remarks>
sealed class BlobHash : IDisposable
{
    readonly string _etag;
    readonly long _lengthBytes;
    readonly IncrementalHash? _hash; // null where the name is no hash (a mirror's own): then the length alone tells

    public BlobHash(string etag, long lengthBytes)
    {
        (_etag, _lengthBytes) = (etag, lengthBytes);
        _hash = etag.All(char.IsAsciiHexDigitLower) ? Algorithm(etag.Length) : null;
        Begin();
    }

    public void Append(ReadOnlySpan<byte> content) => _hash?.AppendData(content);

    /// <summary>Forgets what came in so far.</summary>
    public void Restart()
    {
        _hash?.GetHashAndReset();
        Begin();
    }

    /// <summary>Whether all that came in is the file of this name.</summary>
    public bool IsRight() => _hash is null || Convert.ToHexStringLower(_hash.GetHashAndReset()) == _etag;

    public void Dispose() => _hash?.Dispose();

    void Begin()
    {
        if (_hash?.AlgorithmName == HashAlgorithmName.SHA1)
            Append(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {_lengthBytes}\0")));
    }

    static IncrementalHash? Algorithm(int digits) => digits switch
    {
        64 => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        40 => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
        _ => null,
    };
}

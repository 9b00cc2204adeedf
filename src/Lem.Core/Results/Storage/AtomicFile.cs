using System.Security.Cryptography;

namespace Lem.Core.Results.Storage;

/// <summary>
/// Writes whole files so that a reader, or a crash at any instant, sees the old file or the new one and nothing between: temporary file,
/// fsync, rename, fsync of the directory (without which a rename may not survive a power cut).
/// </summary>
public static class AtomicFile
{
    const int ReadOnly = 0;

    /// <summary>Ending of a file that is not finished; readers of a folder pass over it.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <exception cref="LemException">The disk is full, or there is no permission.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!; // A file always has a folder.
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}{TemporarySuffix}");
        try
        {
            Directory.CreateDirectory(folder);
            WriteAndSync(temporary, content);
            File.Move(temporary, path, overwrite: true);
            SyncDirectory(folder);
        }
        catch (IOException e)
        {
            Discard(temporary);
            throw DiskFailure.Explain(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            Discard(temporary);
            throw DiskFailure.Explain(path, e);
        }
    }

    /// <summary>Makes renames and new names in a folder survive a power cut. Nothing to do on Windows.</summary>
    public static void SyncDirectory(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = DirectoryNative.Open(folder, ReadOnly);
        if (descriptor < 0)
            return;

        // Some file systems (FUSE, NFS) refuse to sync a folder; the file itself is on disk, and that is all there is to be had.
        _ = DirectoryNative.Fsync(descriptor);
        _ = DirectoryNative.Close(descriptor);
    }

    static void WriteAndSync(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (IOException)
        {
            // The first failure is the one to tell.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}

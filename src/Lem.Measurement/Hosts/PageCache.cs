using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Lem.Measurement.Hosts;

/// <summary>How much of files the kernel holds in memory, and how to make it forget them. Needs no privilege for one's own files.</summary>
/// <remarks>
/// The kernel does not tell users about files they may not write (mincore(2) then calls all pages resident), and keeps pages that some process has
/// mapped or locked.
/// </remarks>
static class PageCache
{
    /// <summary>Writes the files' dirty pages out, which cannot be dropped, and drops the clean ones.</summary>
    /// <returns>False where this system has no such call.</returns>
    public static bool Evict(IEnumerable<string> files)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        foreach (var path in files)
        {
            using var file = Open(path);
            if (file is null)
                continue;
            RandomAccess.FlushToDisk(file);
            PageCacheNative.Advise(file, 0, 0, PageCacheNative.DontNeed);
        }

        return true;
    }

    /// <summary>Share of the files' pages in memory, 0–1; null where the system or a file does not tell.</summary>
    public static double? ResidentFraction(IEnumerable<string> files)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var (resident, pages) = (0L, 0L);
        foreach (var path in files)
        {
            if (Count(path) is not { } counted)
                return null;
            (resident, pages) = (resident + counted.Resident, pages + counted.Pages);
        }

        return pages > 0 ? resident / (double)pages : null;
    }

    static unsafe (long Resident, long Pages)? Count(string path)
    {
        using var file = Open(path);
        if (file is null || RandomAccess.GetLength(file) is not (> 0 and var length))
            return null;

        // Mapping a file reads nothing of it.
        using var mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using var view = mapping.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        var pages = new byte[(length + Environment.SystemPageSize - 1) / Environment.SystemPageSize];
        fixed (byte* first = pages)
            if (PageCacheNative.InCore((void*)view.SafeMemoryMappedViewHandle.DangerousGetHandle(), (nuint)length, first) != 0)
                return null;
        return (pages.LongCount(page => (page & 1) != 0), pages.Length);
    }

    static SafeFileHandle? Open(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The engine will say what is wrong with its file.
            return null;
        }
    }
}

namespace Lem.Cli.Doctor;

/// <summary>A folder that will be written to, as it stands now; it need not exist yet.</summary>
/// <param name="Problem">Why it cannot be written to; null where it can.</param>
/// <param name="FreeBytes">Space for this user; null = not known.</param>
/// <param name="BytesPerSecond">How fast it took a few megabytes to the disk; null = not tried.</param>
sealed record FolderFacts(string Path, string? Problem, long? FreeBytes, double? BytesPerSecond = null)
{
    const int TrialBytes = 4 << 20;

    /// <summary>Tries it with a file that is gone at once. What does not exist is not made: its nearest parent is tried in its place.</summary>
    public static FolderFacts Probe(string path, TimeProvider time)
    {
        var folder = System.IO.Path.GetFullPath(path);
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder))
                return new(path, $"{folder} is a file", null);
            if (System.IO.Path.GetDirectoryName(folder) is not { } parent)
                return new(path, $"{folder} does not exist", null);
            folder = parent;
        }

        try
        {
            using var file = new FileStream(
                System.IO.Path.Combine(folder, $".lem-doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            var start = time.GetTimestamp();
            file.Write(new byte[TrialBytes]);
            file.Flush(flushToDisk: true);
            var took = time.GetElapsedTime(start);
            return new(path, null, new DriveInfo(folder).AvailableFreeSpace, took > TimeSpan.Zero ? TrialBytes / took.TotalSeconds : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(path, e.Message, null);
        }
    }
}

namespace Lem.Core.Results.Storage;

/// <summary>Says what a failed file operation means for the user.</summary>
public static class DiskFailure
{
    // errno ENOSPC and EDQUOT on Linux; ERROR_DISK_FULL on Windows.
    const int NoSpace = 28;
    const int QuotaExceeded = 122;
    const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Does something with a file, and explains what the file system has against it.</summary>
    public static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (IOException e)
        {
            throw Explain(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Explain(path, e);
        }
    }

    /// <summary>The machine's failure behind an exception of the file system.</summary>
    public static LemException Explain(string path, IOException e) => e.HResult switch
    {
        NoSpace or QuotaExceeded or WindowsDiskFull =>
            new($"{path}: no space left", "Free some space or choose another --results-dir. Files already complete stay as they are.", e),
        _ when e is FileNotFoundException or DirectoryNotFoundException => new($"{path}: not found", "lem results list shows what there is.", e),
        _ => new($"{path}: {e.Message}", "Check the results directory and its file system.", e),
    };

    /// <summary>The same for a missing permission.</summary>
    public static LemException Explain(string path, UnauthorizedAccessException e) =>
        new($"{path}: no permission", "Choose a results directory you may write to (--results-dir or LEM_RESULTS_DIR).", e);
}

namespace Lem.Core.Results.Storage;

/// <summary>A lock between processes: a file that one of them holds open. It ends with its holder, however that one ends.</summary>
public static class FileLock
{
    // A writer holds one for milliseconds, or, with a model of gigabytes, for minutes: neither minds so short a wait.
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Holds <c>PATH.lock</c> until disposed.</summary>
    /// <param name="path">The file that the lock guards; its folder exists.</param>
    /// <param name="patience">For how long another holder is waited for; null waits for as long as it takes.</param>
    /// <exception cref="IOException">The lock cannot be had: it is still held, or the file system says no.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static async Task<IDisposable> HoldAsync(string path, TimeProvider time, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeldByAnother(e) && (patience is null || time.GetElapsedTime(begun) < patience))
            {
                await Task.Delay(Poll, time, cancellationToken);
            }
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    static bool IsHeldByAnother(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x8007_0020);
}

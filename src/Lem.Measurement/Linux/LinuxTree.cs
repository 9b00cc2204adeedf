using System.Globalization;

namespace Lem.Measurement.Linux;

/// <summary>
/// The files in which Linux says what the machine is: <c>/proc</c>, <c>/sys</c>, <c>/etc</c> below a root that tests replace by a
/// captured folder. A file that is missing or may not be read is null, which is an ordinary answer.
/// </summary>
public sealed class LinuxTree(string root = "/")
{
    /// <summary>The place of a file: <c>proc/cpuinfo</c> below the root.</summary>
    public string PathOf(string relative) => Path.Combine(root, relative);

    /// <summary>The whole text, without the end of the last line, or null.</summary>
    public string? Text(string relative)
    {
        try
        {
            return File.ReadAllText(PathOf(relative)).TrimEnd('\n', '\0');
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file that holds one whole number, or null.</summary>
    public long? Number(string relative) =>
        long.TryParse(Text(relative), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool FileExists(string relative) => File.Exists(PathOf(relative));

    public bool FolderExists(string relative) => Directory.Exists(PathOf(relative));

    /// <summary>Names of the folders in a folder, in ordinal order; none where it cannot be read.</summary>
    public IReadOnlyList<string> Folders(string relative)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(PathOf(relative)).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
        }
        catch (IOException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }
}

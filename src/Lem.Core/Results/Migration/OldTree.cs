using Lem.Core.Results.Storage;

namespace Lem.Core.Results.Migration;

/// <summary>The files of older tools below a folder. Reads them one at a time and keeps only their headers; what is damaged is named.</summary>
/// <param name="top">A folder, or one file.</param>
sealed class OldTree(string top)
{
    // More than any result; what is larger is read by nobody at once.
    const long MaxBytes = 512L << 20;

    // Hidden folders are the older tools' state; links could lead in circles.
    static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    readonly string _base = Directory.Exists(top) ? top : Path.GetDirectoryName(Path.GetFullPath(top)) ?? top;

    public IReadOnlyList<OldHeader> Headers(List<MigrationFailure> failures)
    {
        List<OldHeader> headers = [];
        foreach (var path in Paths().Order(StringComparer.Ordinal))
        {
            try
            {
                if (Read(path) is { Kind: not (OldKind.Other or OldKind.Ours) } file)
                    headers.Add(OldFile.Guard(file.Name, () => OldHeader.Of(path, file)));
            }
            catch (LemException e) when (!IsBystander(path, e))
            {
                failures.Add(new MigrationFailure(NameOf(path), e.Message, e.Hint));
            }
            catch (LemException)
            {
                // Some other program's file, which need not be JSON as we know it.
            }
        }

        return headers;
    }

    /// <exception cref="LemException">It cannot be read, is torn, or is of a tool or version that this lem does not know.</exception>
    public OldFile Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes
                ? OldFile.Parse(File.ReadAllBytes(path), NameOf(path))
                : throw new LemException($"{NameOf(path)}: larger than {MaxBytes >> 20} MB", "This is no result of an older tool.");
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

    /// <summary>The file of this name beside another; null where there is none.</summary>
    public OldFile? Beside(string path, string name) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", name) is var beside && File.Exists(beside) ? Read(beside) : null;

    IEnumerable<string> Paths() => File.Exists(top) ? [top]
        : Directory.Exists(top) ? Directory.EnumerateFiles(top, "*.json", Everything)
        : throw new LemException($"{top}: there is no such file or folder", "Name a results directory or a result of an older tool.");

    /// <summary>Whether a file that cannot be read is one that no older tool writes as a result.</summary>
    bool IsBystander(string path, LemException failure) =>
        !File.Exists(top) && failure.InnerException is System.Text.Json.JsonException or InvalidOperationException && !IsResultName(path);

    static bool IsResultName(string path)
    {
        var (name, folder) = (Path.GetFileName(path), new FileInfo(path).Directory);
        return name is "result.json"
            || name.EndsWith("_multi_cycle.json", StringComparison.Ordinal)
            || folder?.Name == "aggregated"
            || (folder?.Parent?.Name == "raw" && name.StartsWith("process_", StringComparison.Ordinal));
    }

    // Machine paths are nobody's business.
    string NameOf(string path) => Path.GetRelativePath(_base, path).Replace(Path.DirectorySeparatorChar, '/');
}

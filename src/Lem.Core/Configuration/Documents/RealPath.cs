namespace Lem.Core.Configuration.Documents;

/// <summary>A path with its symbolic links followed, so that a link cannot lead out of a trusted folder unseen.</summary>
static class RealPath
{
    public static string Of(string path)
    {
        var real = Path.GetPathRoot(path) ?? "/";
        foreach (var part in Path.GetFullPath(path)[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            real = Target(real) ?? real;
        }
        return real;
    }

    static string? Target(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // A circle of links: opening it will say so.
            return null;
        }
    }
}

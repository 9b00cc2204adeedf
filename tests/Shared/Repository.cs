namespace Lem.Tests.Shared;

/// <summary>The working tree these tests were built from.</summary>
static class Repository
{
    /// <summary>The folder that holds the solution, found upwards from the test binaries under <c>artifacts</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Every source file under a folder of the repository, named relative to its root, with forward slashes.</summary>
    public static IEnumerable<string> Sources(string folder)
        => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    static string Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "LLenergyMeasure.slnx")))
                return folder;
        }

        throw new InvalidOperationException($"no LLenergyMeasure.slnx above {AppContext.BaseDirectory}");
    }
}

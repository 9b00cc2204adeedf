using Lem.Core.Configuration;

namespace Lem.Cli.Configuration;

/// <summary>The experiments and campaigns in a folder and up to three levels below.</summary>
static class ConfigInventory
{
    const int Levels = 3;

    static readonly EnumerationOptions _visible = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = Levels,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    /// <param name="folder">Relative to the working directory.</param>
    /// <param name="leftOut">Where results are: they hold configurations too, but nobody's own.</param>
    public static IReadOnlyList<FileVerdict> Of(string folder, ConfigEnvironment environment, string leftOut)
    {
        var root = Path.GetFullPath(folder, environment.WorkingDirectory);
        if (!Directory.Exists(root))
            throw new ConfigException([new("DIR", $"{folder} is no folder")]);

        var loader = new ConfigLoader(environment);
        return [.. Directory.EnumerateFiles(root, "*", _visible)
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" or ".json")
            .Where(file => !file.StartsWith(leftOut + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Where(file => IsConfig(file, loader))
            .Select(file => Path.GetRelativePath(environment.WorkingDirectory, file))
            .Order(StringComparer.Ordinal)
            .Select(file => FileVerdict.Of(file, loader))];
    }

    // What cannot be read as a mapping at all is some other program's file.
    static bool IsConfig(string file, ConfigLoader loader)
    {
        try
        {
            return loader.IsCampaign(file) || loader.IsExperiment(file);
        }
        catch (ConfigException)
        {
            return false;
        }
    }
}

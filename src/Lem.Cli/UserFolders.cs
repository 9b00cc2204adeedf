namespace Lem.Cli;

/// <summary>Where lem keeps what belongs to a user: the XDG base directories.</summary>
static class UserFolders
{
    /// <summary>What can be made again.</summary>
    public static string Cache(CliHost host) => Find(host, "XDG_CACHE_HOME", ".cache");

    /// <summary>What the user would miss.</summary>
    public static string Config(CliHost host) => Find(host, "XDG_CONFIG_HOME", ".config");

    // A relative path must be ignored (XDG base directory specification).
    static string Find(CliHost host, string variable, string fallback) =>
        Path.Combine(host.Variable(variable) is { } folder && Path.IsPathRooted(folder) ? folder : Path.Combine(host.Environment.HomeDirectory, fallback), "lem");
}

using System.Reflection;

namespace Lem.Cli;

/// <summary>The version of this build, from the one place that states it (Directory.Build.props).</summary>
static class LemVersion
{
    /// <summary>For example <c>0.1.0</c>; a build from a checkout adds the commit: <c>0.1.0+1a2b3c4</c>.</summary>
    public static string Number { get; } = Shorten(
        typeof(LemVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>Commit this was built from, or null where the build did not know.</summary>
    public static string? Commit => Number.IndexOf('+', StringComparison.Ordinal) is var plus and >= 0 ? Number[(plus + 1)..] : null;

    public static string Text => $"lem {Number}";

    // The SDK appends the whole commit; eight digits name it as well.
    static string Shorten(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is var plus and >= 0 && version.Length > plus + 9 ? version[..(plus + 9)] : version;
}

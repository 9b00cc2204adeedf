namespace Lem.Measurement.Hosts;

/// <summary>The file <c>/etc/os-release</c>.</summary>
static class OsRelease
{
    /// <summary>What the distribution calls itself, version included; null where it does not say.</summary>
    public static string? PrettyName(string text)
    {
        const string Key = "PRETTY_NAME=";
        foreach (var line in text.Split('\n'))
            if (line.StartsWith(Key, StringComparison.Ordinal))
                return line[Key.Length..].Trim().Trim('"', '\'');
        return null;
    }
}

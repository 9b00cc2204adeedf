namespace Lem.Core.Configuration.Secrets;

/// <summary>What a configuration from a folder would make lem run or contact. Shown before use; without a terminal it needs <c>--yes</c>.</summary>
public static class Consent
{
    /// <summary>One line each; none where nothing needs consent. What the command line itself named is not asked about.</summary>
    public static IReadOnlyList<string> Needed(LoadedConfig loaded)
    {
        var config = loaded.Config;
        (string Path, string? Line)[] uses =
        [
            ("server.command", config.Server.Command is { } command ? $"runs {string.Join(' ', command)}" : null),
            ("docker.compose_file", config.Docker.ComposeFile is { } file ? $"starts containers of {file}" : null),
            ("python.interpreter", config.Python.Interpreter is { } interpreter ? $"runs {interpreter}" : null),
            ("server.api_key_env", config.Server is { ApiKeyEnv: { } key, Url: { } url } ? $"sends the value of {key} to {url}" : null),
        ];
        return
        [
            .. from use in uses
               where use.Line is not null
               where !loaded.Provenance.Any(entry => entry.Path == use.Path && entry.Source is "cli")
               select $"{use.Path} {use.Line}",
        ];
    }
}

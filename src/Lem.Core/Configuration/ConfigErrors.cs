namespace Lem.Core.Configuration;

static class ConfigErrors
{
    /// <summary>The same findings, one level further down.</summary>
    public static IEnumerable<ConfigError> Under(this IEnumerable<ConfigError> errors, string section) =>
        errors.Select(error => error with { Path = error.Path is "" ? section : $"{section}.{error.Path}" });
}

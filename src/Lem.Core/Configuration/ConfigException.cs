namespace Lem.Core.Configuration;

/// <summary>The user's mistakes in a configuration, all of them at once. The command line ends with exit code 2.</summary>
public sealed class ConfigException(IReadOnlyList<ConfigError> errors) : Exception(Describe(errors))
{
    public IReadOnlyList<ConfigError> Errors { get; } = errors;

    static string Describe(IReadOnlyList<ConfigError> errors) => string.Join(Environment.NewLine, errors);
}

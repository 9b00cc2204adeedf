namespace Lem.Core.Configuration.Engines;

/// <summary>What two parameters of an engine demand of each other, declared beside them.</summary>
/// <param name="Path">The parameter that is wrong when the rule is broken.</param>
/// <param name="Broken">Says what is wrong, or null when all is well.</param>
public sealed record ParameterRule(string Path, ConfigSeverity Severity, Func<EngineSection, string?> Broken)
{
    /// <summary>Both on is an error.</summary>
    public static ParameterRule Exclusive(string path, string other) =>
        new(path, ConfigSeverity.Error, section => section.IsOn(path) && section.IsOn(other) ? $"must not stand beside {other}" : null);

    /// <summary>The first has no effect (and is an error) without the second.</summary>
    public static ParameterRule Requires(string path, string other) =>
        new(path, ConfigSeverity.Error, section => section.IsOn(path) && !section.IsOn(other) ? $"has an effect with {other} only" : null);

    /// <summary>The first must not exceed the second, where both are given.</summary>
    public static ParameterRule AtMost(string path, string limit) =>
        new(path, ConfigSeverity.Error, section =>
            section.Number(path) is { } value && section.Number(limit) is { } most && value > most
                ? $"must not exceed {limit} ({most}), but is {value}"
                : null);

    /// <summary>Several answers to a request come in one stream.</summary>
    public static ParameterRule SeveralAnswers { get; } = Warn("n", section =>
        section.Integer("n") is > 1 and var answers ? $"the {answers} answers of a request come mixed in one stream: TPOT and gaps are of all of them together" : null);

    public static ParameterRule Warn(string path, Func<EngineSection, string?> doubt) => new(path, ConfigSeverity.Warning, doubt);

    public static ParameterRule Tell(string path, Func<EngineSection, string?> note) => new(path, ConfigSeverity.Info, note);
}

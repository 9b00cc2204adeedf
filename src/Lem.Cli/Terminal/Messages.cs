using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Secrets;

namespace Lem.Cli.Terminal;

/// <summary>Errors and warnings for people, on stderr, each with what to do about it and never with a secret.</summary>
sealed class Messages(CliHost host)
{
    readonly SecretRedactor _redactor = new(host.Environment.Variables);

    public string Redact(string text) => _redactor.Redact(text);

    /// <summary>JSON without secrets: its strings are redacted, its figures are not touched.</summary>
    public JsonNode? Redact(JsonNode? json) => _redactor.Redact(json);

    public void Error(string message, string? hint)
    {
        host.Error.WriteLine(Redact($"error: {message}"));
        if (hint is not null)
            host.Error.WriteLine(Redact($"  → {hint}"));
    }

    public void Warning(string message) => host.Error.WriteLine(Redact($"warning: {message}"));

    public void Note(string message) => host.Error.WriteLine(Redact(message));

    /// <summary>All problems of a configuration, a line each: place, path, what is wrong.</summary>
    public void Problems(IEnumerable<ConfigError> problems)
    {
        foreach (var problem in problems)
        {
            var place = problem.Location is { } location ? $"{location}: " : "";
            var path = problem.Path is "" ? "" : $"{problem.Path}: ";
            host.Error.WriteLine(Redact($"{Name(problem.Severity)}: {place}{path}{problem.Message}"));
        }
    }

    static string Name(ConfigSeverity severity) => severity switch
    {
        ConfigSeverity.Error => "error",
        ConfigSeverity.Warning => "warning",
        _ => "note",
    };
}

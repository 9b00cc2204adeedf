using System.Text.Json.Nodes;
using Lem.Core.Configuration;

namespace Lem.Cli.Configuration;

/// <summary>Problems of a configuration as compilers write them: <c>path:line:column: key: message</c>.</summary>
static class ProblemLines
{
    /// <param name="file">Stands in front of a problem that has no place in a file.</param>
    public static string Text(ConfigError problem, string file)
    {
        var place = problem.Location is { } location ? $"{location}" : file;
        var severity = problem.Severity switch
        {
            ConfigSeverity.Error => "",
            ConfigSeverity.Warning => "warning: ",
            _ => "note: ",
        };
        var path = problem.Path is "" ? "" : $"{problem.Path}: ";
        return $"{place}: {severity}{path}{problem.Message}";
    }

    public static JsonObject Json(ConfigError problem) => new()
    {
        ["severity"] = problem.Severity.ToString().ToLowerInvariant(),
        ["path"] = problem.Path,
        ["message"] = problem.Message,
        ["file"] = problem.Location?.File,
        ["line"] = problem.Location?.Line,
        ["column"] = problem.Location?.Column,
    };

    public static JsonArray Json(IEnumerable<ConfigError> problems) => new([.. problems.Select(Json)]);
}

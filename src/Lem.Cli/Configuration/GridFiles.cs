using System.Text;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Output;
using Lem.Core.Results.Storage;

namespace Lem.Cli.Configuration;

/// <summary>
/// The cells of a grid as files in one folder: each extends the base and adds its name and its own values, so that what the base leaves open
/// stays open.
/// </summary>
/// <param name="baseFile">Full path.</param>
/// <param name="folder">Full path.</param>
sealed class GridFiles(string baseFile, string folder)
{
    public string PathOf(string cell) => Path.Combine(folder, $"{cell}.yaml");

    public string TextOf(string cell, IEnumerable<KeyValuePair<string, JsonNode?>> axes)
    {
        var document = new JsonObject { ["_extends"] = Path.GetRelativePath(folder, baseFile).Replace('\\', '/'), ["config_name"] = cell };
        foreach (var (path, value) in axes)
            Set(document, path.Split('.'), value);
        return $"# One cell of a grid over {Path.GetFileName(baseFile)}.\n{ConfigYaml.Write(document)}";
    }

    /// <summary>Writes all, or none if a file of other content is in the way.</summary>
    /// <exception cref="ConfigException">Files are in the way.</exception>
    public void Write(IReadOnlyList<(string Cell, string Text)> cells)
    {
        var inTheWay = cells.Where(cell => File.Exists(PathOf(cell.Cell)) && File.ReadAllText(PathOf(cell.Cell)) != cell.Text).ToList();
        if (inTheWay.Count > 0)
            throw new ConfigException([.. inTheWay.Select(cell => new ConfigError("--output", $"{PathOf(cell.Cell)} exists with other content; choose another folder"))]);
        foreach (var (cell, text) in cells)
            AtomicFile.Write(PathOf(cell), Encoding.UTF8.GetBytes(text));
    }

    static void Set(JsonObject section, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length == 1)
        {
            section[path[0]] = value?.DeepClone();
            return;
        }
        if (section[path[0]] is not JsonObject child)
            section[path[0]] = child = [];
        Set(child, path[1..], value);
    }
}

namespace Lem.Core.Configuration;

/// <summary>One thing wrong or doubtful in a configuration. All of them are told at once.</summary>
/// <param name="Path">Dotted path of the key: <c>vllm.gpu_memory_utilization</c>.</param>
/// <param name="Message">What is wrong, which limit, and what was found.</param>
/// <param name="Location">Where it stands, or null for a value that came from elsewhere than a file.</param>
public sealed record ConfigError(
    string Path,
    string Message,
    ConfigSeverity Severity = ConfigSeverity.Error,
    ConfigLocation? Location = null)
{
    /// <summary>One line for people: <c>cell.yaml:3:1: batch_szie: unknown; did you mean `batching.batch_size`?</c></summary>
    public override string ToString() =>
        $"{(Location is null ? "" : $"{Location}: ")}{(Path is "" ? "" : $"{Path}: ")}{Message}";
}

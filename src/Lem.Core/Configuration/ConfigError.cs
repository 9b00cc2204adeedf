namespace Lem.Core.Configuration;

/// <summary>One thing wrong or doubtful in a configuration. All of them are told at once.</summary>
/// <param name="Path">Dotted path of the key: <c>vllm.gpu_memory_utilization</c>.</param>
/// <param name="Message">What is wrong, which limit, and what was found.</param>
/// <param name="Location">Where it stands, or null for a value that came from elsewhere than a file.</param>
public sealed record ConfigError(
    string Path,
    string Message,
    ConfigSeverity Severity = ConfigSeverity.Error,
    ConfigLocation? Location = null);

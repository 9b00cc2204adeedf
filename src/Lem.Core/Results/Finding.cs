using System.Text.Json.Nodes;

namespace Lem.Core.Results;

/// <summary>A doubt about a measurement: it stands in the result, and every report shows it.</summary>
/// <param name="Code">Stable machine-readable name, snake_case: <c>cpu_estimate_shared_machine</c>.</param>
/// <param name="Phase">Phase of the experiment in which it arose, or null where it concerns the whole.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Data">The numbers behind it, each with its unit in its name.</param>
public sealed record Finding(
    string Code,
    FindingSeverity Severity,
    string Message,
    string? Phase = null,
    string? Hint = null,
    JsonObject? Data = null);

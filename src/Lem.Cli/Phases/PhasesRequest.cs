namespace Lem.Cli.Phases;

/// <summary>Which windows are to tell prefill and decode apart.</summary>
/// <param name="Names">Experiments or windows, as they were typed.</param>
/// <param name="OneToken">The same prompts with one output token; null = regression over all that is named.</param>
sealed record PhasesRequest(IReadOnlyList<string> Names, string? OneToken);

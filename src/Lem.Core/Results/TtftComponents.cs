namespace Lem.Core.Results;

/// <summary>What the time to the first token was spent on. Milliseconds, one value for each successful request of an engine that tells.</summary>
/// <param name="TokenizeMs">Turning the prompt's text into tokens. The embedded engine does so before the window: there it is no part of TTFT.</param>
/// <param name="QueueMs">From the intended start until the prompt began to be computed.</param>
/// <param name="PrefillMs">From there to the first token. In a static batch: of all its prompts.</param>
public sealed record TtftComponents(DistributionSummary TokenizeMs, DistributionSummary QueueMs, DistributionSummary PrefillMs);

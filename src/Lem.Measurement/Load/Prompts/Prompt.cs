namespace Lem.Measurement.Load.Prompts;

/// <summary>One prompt of a workload, before any engine has seen it.</summary>
/// <param name="InputTokens">Exact length it is cut to, for synthetic workloads; null = its own length.</param>
/// <param name="OutputTokens">Exact output length for synthetic workloads; null = until the end of text or the limit.</param>
public sealed record Prompt(string Text, int? InputTokens = null, int? OutputTokens = null);

namespace Lem.Measurement.Load.Prompts;

/// <summary>One prompt of a workload, before any engine has seen it.</summary>
/// <param name="InputTokens">Exact length it is cut to, for workloads of given lengths; null = its own length.</param>
/// <param name="OutputTokens">Exact output length for workloads of given lengths; null = until the end of text or the limit.</param>
public record Prompt(string Text, int? InputTokens = null, int? OutputTokens = null)
{
    public virtual string Text { get; } = Text;
}

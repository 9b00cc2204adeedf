namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>Kinds of servers that lem knows more of than the OpenAI interface.</summary>
public enum ServerKind
{
    /// <summary>Only the interface all share.</summary>
    Plain,
    Vllm,
    TensorRt,
    LlamaServer,
}

using System.Text.Json.Serialization;

namespace Lem.Tests.Shared.Serving;

/// <summary>Whose dialect of the OpenAI API a mock server speaks: its extra endpoints, its shapes of events, errors and metrics.</summary>
public enum Flavour
{
    [JsonStringEnumMemberName("vllm")]
    Vllm,

    [JsonStringEnumMemberName("llama_server")]
    LlamaServer,

    [JsonStringEnumMemberName("tensorrt")]
    TensorRt,

    /// <summary>What OpenAI documents and nothing more: no health, no metrics, no tokenizer.</summary>
    [JsonStringEnumMemberName("plain")]
    Plain,
}

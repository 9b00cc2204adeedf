using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>The engine that runs the model.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Backend>))]
public enum Backend
{
    Pytorch,
    Vllm,
    Tensorrt,
    Llamacpp,
    Openai,
}

using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>Which of the OpenAI-compatible endpoints is asked.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ServerEndpoint>))]
public enum ServerEndpoint
{
    Completions,
    ChatCompletions,
}

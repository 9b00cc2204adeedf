using System.Text.Json.Nodes;
using Lem.Measurement.Engines.OpenAi.Client;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>Finds out what kind of server answers at an address, by pages only that kind has.</summary>
static class ServerDetection
{
    public static ServerDialect Of(ServerKind kind) => kind switch
    {
        ServerKind.Vllm => new VllmDialect(),
        ServerKind.TensorRt => new TensorRtDialect(),
        ServerKind.LlamaServer => new LlamaServerDialect(),
        _ => new ServerDialect(),
    };

    public static async Task<ServerDialect> DetectAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        var owner = (await server.GetAsync("v1/models", cancellationToken))?["data"]?[0]?["owned_by"]?.ToString();
        return Of(owner switch
        {
            "llamacpp" => ServerKind.LlamaServer,
            "vllm" => ServerKind.Vllm,
            "tensorrt_llm" => ServerKind.TensorRt,
            _ => (await server.GetAsync("props", cancellationToken) as JsonObject)?.ContainsKey("default_generation_settings") == true
                ? ServerKind.LlamaServer
                : ServerKind.Plain,
        });
    }
}

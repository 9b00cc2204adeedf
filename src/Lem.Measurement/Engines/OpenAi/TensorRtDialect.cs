using System.Text.Json;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>TensorRT-LLM's trtllm-serve: <c>tensorrt_llm/serve/openai_server.py</c>. It has no tokenizer endpoint, and no way to empty its block cache.</summary>
sealed class TensorRtDialect : ServerDialect
{
    public override string Name => "tensorrt_llm";

    // It serves one model, answers to any name, and calls a local one by its folder alone.
    public override bool TakesAnyModelName => true;

    public override async Task<string?> VersionAsync(ServerConnection server, CancellationToken cancellationToken) =>
        (await server.GetAsync("version", cancellationToken))?["version"]?.ToString();

    public override async Task<ServerCounters?> CountersAsync(ServerConnection server, CancellationToken cancellationToken) =>
        await server.GetTextAsync("prometheus/metrics", cancellationToken) is { } page ? ServerCounters.OfTensorRt(PrometheusPage.Parse(page)) : null;

    public override void WriteStreamOptions(Utf8JsonWriter options)
    {
        base.WriteStreamOptions(options);
        options.WriteBoolean("continuous_usage_stats"u8, true);
    }
}

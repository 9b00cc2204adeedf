using System.Text.Json.Nodes;
using Lem.Core.Metrics.Flops;

namespace Lem.Measurement.Engines;

/// <summary>What really runs once the engine is up: asked of the engine, never copied from the configuration.</summary>
/// <param name="Name">The backend's name: <c>llamacpp</c>.</param>
/// <param name="Model">The model, as far as the engine knows it.</param>
/// <param name="ModelRevision">Commit and etag of the hub, or size and mtime of a file.</param>
/// <param name="ContextTokens">Tokens one request may use, prompt and output together; null where the engine does not tell.</param>
/// <param name="Execution">How it lays out the work of a batch: what its kernels compute beyond what is needed.</param>
/// <param name="Effective">Every parameter as the engine took it, defaults included.</param>
/// <param name="Devices">Devices that hold the model: <c>cpu</c>, <c>gpu:&lt;uuid&gt;</c>.</param>
/// <param name="ComputePrecision">Precision of the arithmetic: fp32, fp16, bf16, fp8, int8, int4, mixed; null where nobody can tell.</param>
/// <param name="Synthetic">The weights are dummies: cost is real, text is not.</param>
/// <param name="CacheBlocks">Cells of the KV cache, one token each; null where the engine does not tell.</param>
/// <param name="TakesText">Prompts go to it as texts; else as tokens.</param>
/// <param name="ImageDigest">Digest of the container image it runs in; null outside containers.</param>
public sealed record EngineDescription(
    string Name,
    string Version,
    EngineModel? Model,
    string? ModelRevision,
    int? ContextTokens,
    ExecutionShape Execution,
    JsonObject Effective,
    IReadOnlyList<string> Devices,
    string? ComputePrecision,
    bool Synthetic,
    int? CacheBlocks = null,
    bool TakesText = false,
    string? ImageDigest = null);

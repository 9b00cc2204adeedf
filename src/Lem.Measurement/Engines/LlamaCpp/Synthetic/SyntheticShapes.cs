using System.Collections.Frozen;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>The named shapes. Dimensions of real models are those of their published <c>config.json</c>.</summary>
public static class SyntheticShapes
{
    // About a million parameters, for tests.
    static readonly SyntheticShape Tiny = new("tiny", SyntheticFamily.Llama, 4, 128, 4, 2, 448, 512, GgufTensorType.F16);

    // The TinyStories models of llama2.c (github.com/karpathy/llama2.c), with a longer context: byte-level prompts need it.
    static readonly SyntheticShape Stories15M =
        new("15m", SyntheticFamily.Llama, 6, 288, 6, 6, 768, 32_000, GgufTensorType.F16, Tied: true);

    static readonly SyntheticShape Stories110M =
        new("110m", SyntheticFamily.Llama, 12, 768, 12, 12, 2048, 32_000, GgufTensorType.F16, Tied: true);

    // huggingface.co/HuggingFaceTB/SmolLM2-135M
    static readonly SyntheticShape SmolLm2 = new(
        "smollm2-135m", SyntheticFamily.Llama, 30, 576, 9, 3, 1536, 49_152, GgufTensorType.F16, Tied: true, Context: 8192, RopeBase: 100_000);

    // huggingface.co/Qwen/Qwen2.5-0.5B
    static readonly SyntheticShape Qwen25 = new(
        "qwen2.5-0.5b", SyntheticFamily.Qwen2, 24, 896, 14, 2, 4864, 151_936, GgufTensorType.F16, Tied: true, Context: 32_768,
        RopeBase: 1_000_000, NormEpsilon: 1e-6f);

    // huggingface.co/meta-llama/Llama-3.2-1B; its RoPE scaling beyond 8192 tokens costs nothing and is left out.
    static readonly SyntheticShape Llama32 = new(
        "llama-3.2-1b", SyntheticFamily.Llama, 16, 2048, 32, 8, 8192, 128_256, GgufTensorType.F16, Tied: true, Context: 131_072,
        RopeBase: 500_000);

    /// <summary>From the smallest to the largest.</summary>
    public static IReadOnlyList<SyntheticShape> All { get; } = [Tiny, Stories15M, Stories110M, SmolLm2, Qwen25, Llama32];

    static readonly FrozenDictionary<string, SyntheticShape> ByName = All.ToFrozenDictionary(shape => shape.Name);

    public static SyntheticShape? Find(string name) => ByName.GetValueOrDefault(name);
}

namespace Lem.Core.Configuration;

/// <summary>Which engine a model gets when none is named.</summary>
public static class BackendRule
{
    /// <summary>llamacpp for a .gguf file, <c>org/repo:file.gguf</c>, <c>org/repo:Q4_K_M</c> and <c>synthetic:</c>; else pytorch.</summary>
    public static Backend For(string modelName) =>
        modelName.StartsWith("synthetic:", StringComparison.Ordinal)
        || modelName.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
        || GgufReference.Parse(modelName) is not null
            ? Backend.Llamacpp
            : Backend.Pytorch;

    /// <summary>Engines that are reached over HTTP.</summary>
    public static bool IsServer(Backend backend) => backend is Backend.Vllm or Backend.Tensorrt or Backend.Openai;

    /// <summary>Engines that run on GPU 0 when no GPU is named.</summary>
    public static bool NeedsGpu(Backend backend) => backend is Backend.Pytorch or Backend.Vllm or Backend.Tensorrt;
}

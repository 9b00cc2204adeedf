namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>A device llama.cpp can compute on: <c>CPU</c>, <c>CUDA0</c>.</summary>
public sealed record LlamaCppDevice(string Name, string Description, bool IsGpu);

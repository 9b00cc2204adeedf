namespace Lem.Measurement.Energy;

/// <summary>A GPU that was asked for.</summary>
/// <param name="Asked">As it was asked for.</param>
/// <param name="Name">Index in NVML's order, or UUID; null where CUDA_VISIBLE_DEVICES is shorter than the index.</param>
sealed record ChosenGpu(string Asked, string? Name);

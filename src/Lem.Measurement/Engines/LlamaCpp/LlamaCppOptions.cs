namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>How the embedded llama.cpp is to run; null = the library's own default, and for threads the visible physical cores.</summary>
/// <param name="ModelPath">A <c>.gguf</c> file.</param>
/// <param name="MaxBatch">Most requests in one static batch (<c>n_seq_max</c>), 1–256.</param>
/// <param name="TokensPerRequest">Prompt and output of the longest request; sizes the context where <paramref name="ContextTokens"/> is null; null = what the model was trained for.</param>
/// <param name="ContextTokens"><c>n_ctx</c>: tokens of all requests of a batch together.</param>
/// <param name="BatchTokens"><c>n_batch</c>: most tokens in one call of llama_decode.</param>
/// <param name="MicroBatchTokens"><c>n_ubatch</c>: most tokens computed at once.</param>
/// <param name="ThreadsBatch">Threads for prefill; null = as <paramref name="Threads"/>.</param>
/// <param name="GpuLayers"><c>n_gpu_layers</c>: −1 = all; null = all there is room for, and no finding where there is no GPU.</param>
/// <param name="SplitMode">none, layer, row.</param>
/// <param name="TensorSplit">Share of each GPU.</param>
/// <param name="FlashAttention">auto, on, off.</param>
/// <param name="KeyType">Type of the cached keys: f32, f16, bf16, q8_0, q5_1, q5_0, q4_1, q4_0, iq4_nl.</param>
/// <param name="ValueType">Type of the cached values; a quantised one needs flash attention.</param>
/// <param name="LoadMode">auto, mmap, read, mlock, mmap+mlock, dio.</param>
/// <param name="Numa">disabled, distribute, isolate, numactl, mirror; the first engine of a process decides.</param>
/// <param name="IsContinuous">Requests come one by one and share the steps (<paramref name="MaxBatch"/> of them at a time), in place of static batches.</param>
/// <param name="PersistentThreads">Keep the compute threads between steps, as llama.cpp's own tools do; false = the library starts them anew for each step.</param>
/// <param name="ModelRevision">What the model's origin calls this state of it: commit and etag of a hub; null = length and time of the file.</param>
public sealed record LlamaCppOptions(
    string ModelPath,
    int MaxBatch = 1,
    int? TokensPerRequest = null,
    int? ContextTokens = null,
    int? BatchTokens = null,
    int? MicroBatchTokens = null,
    int? Threads = null,
    int? ThreadsBatch = null,
    int? GpuLayers = null,
    string? SplitMode = null,
    int? MainGpu = null,
    IReadOnlyList<float>? TensorSplit = null,
    string? FlashAttention = null,
    string? KeyType = null,
    string? ValueType = null,
    bool? OffloadKqv = null,
    bool? OpOffload = null,
    bool? KvUnified = null,
    bool? SwaFull = null,
    bool? UseExtraBufferTypes = null,
    bool? CheckTensors = null,
    string? LoadMode = null,
    string? Numa = null,
    double? RopeFrequencyBase = null,
    double? RopeFrequencyScale = null,
    bool PersistentThreads = true,
    bool IsContinuous = false,
    string? ModelRevision = null);

using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>The functions of <c>llama.h</c> used here, one to one; <see cref="LlamaLibrary"/> says where the library is.</summary>
static unsafe partial class LlamaNative
{
    public const string Library = "llama";

    [LibraryImport(Library, EntryPoint = "llama_version")]
    internal static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "llama_print_system_info")]
    internal static partial byte* PrintSystemInfo();

    [LibraryImport(Library, EntryPoint = "llama_log_set")]
    internal static partial void LogSet(delegate* unmanaged<LlamaLogLevel, byte*, void*, void> callback, void* data);

    [LibraryImport(Library, EntryPoint = "llama_backend_init")]
    internal static partial void BackendInit();

    [LibraryImport(Library, EntryPoint = "llama_numa_init")]
    internal static partial void NumaInit(int strategy);

    [LibraryImport(Library, EntryPoint = "llama_max_devices")]
    internal static partial nuint MaxDevices();

    [LibraryImport(Library, EntryPoint = "llama_max_parallel_sequences")]
    internal static partial nuint MaxParallelSequences();

    [LibraryImport(Library, EntryPoint = "llama_supports_gpu_offload")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool SupportsGpuOffload();

    [LibraryImport(Library, EntryPoint = "llama_model_default_params")]
    internal static partial LlamaParamsRoom ModelDefaultParams();

    [LibraryImport(Library, EntryPoint = "llama_context_default_params")]
    internal static partial LlamaParamsRoom ContextDefaultParams();

    [LibraryImport(Library, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ModelLoadFromFile(string path, LlamaModelParams parameters);

    [LibraryImport(Library, EntryPoint = "llama_model_free")]
    internal static partial void ModelFree(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_get_vocab")]
    internal static partial nint ModelGetVocab(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_desc")]
    internal static partial int ModelDesc(nint model, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "llama_model_size")]
    internal static partial ulong ModelSize(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_params")]
    internal static partial ulong ModelParameterCount(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_ctx_train")]
    internal static partial int ModelTrainedContext(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_has_encoder")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool ModelHasEncoder(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_chat_template")]
    internal static partial byte* ModelChatTemplate(nint model, byte* name);

    [LibraryImport(Library, EntryPoint = "llama_init_from_model")]
    internal static partial nint InitFromModel(nint model, LlamaContextParams parameters);

    [LibraryImport(Library, EntryPoint = "llama_free")]
    internal static partial void Free(nint context);

    [LibraryImport(Library, EntryPoint = "llama_attach_threadpool")]
    internal static partial void AttachThreadPool(nint context, nint pool, nint poolForBatches);

    [LibraryImport(Library, EntryPoint = "llama_detach_threadpool")]
    internal static partial void DetachThreadPool(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ctx")]
    internal static partial uint ContextTokens(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ctx_seq")]
    internal static partial uint ContextTokensPerSequence(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_batch")]
    internal static partial uint BatchTokens(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ubatch")]
    internal static partial uint MicroBatchTokens(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_seq_max")]
    internal static partial uint MaxSequences(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_threads")]
    internal static partial int Threads(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_threads_batch")]
    internal static partial int ThreadsBatch(nint context);

    [LibraryImport(Library, EntryPoint = "llama_get_memory")]
    internal static partial nint GetMemory(nint context);

    [LibraryImport(Library, EntryPoint = "llama_memory_clear")]
    internal static partial void MemoryClear(nint memory, [MarshalAs(UnmanagedType.U1)] bool data);

    /// <summary>Forgets the positions [from, to) of a sequence; −1 is its end.</summary>
    [LibraryImport(Library, EntryPoint = "llama_memory_seq_rm")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool MemoryRemove(nint memory, int sequence, int from, int to);

    /// <summary>Asked before each piece of work while a batch is computed on the CPU; true ends it.</summary>
    [LibraryImport(Library, EntryPoint = "llama_set_abort_callback")]
    internal static partial void SetAbortCallback(nint context, delegate* unmanaged<void*, byte> callback, void* data);

    [LibraryImport(Library, EntryPoint = "llama_batch_init")]
    internal static partial LlamaBatch BatchInit(int tokens, int embeddings, int maxSequences);

    [LibraryImport(Library, EntryPoint = "llama_batch_free")]
    internal static partial void BatchFree(LlamaBatch batch);

    /// <returns>0 success, 1 no room in the cache, 2 aborted, below 0 an error.</returns>
    [LibraryImport(Library, EntryPoint = "llama_decode")]
    internal static partial int Decode(nint context, LlamaBatch batch);

    /// <summary>Waits for a device that computes asynchronously.</summary>
    [LibraryImport(Library, EntryPoint = "llama_synchronize")]
    internal static partial void Synchronize(nint context);

    [LibraryImport(Library, EntryPoint = "llama_get_logits_ith")]
    internal static partial float* GetLogits(nint context, int index);
}

namespace Lem.Measurement.Engines.OpenAi.Hosting;

/// <summary>Known causes why inference servers do not start, by what they say then.</summary>
/// <remarks>Wordings of vLLM 0.6 to 0.24, TensorRT-LLM 0.18 to 1.2, llama.cpp to build 11669, huggingface_hub 0.20 to 1.0, transformers 4.45 to 5, PyTorch 2.</remarks>
static class ServerFailure
{
    const string Gated = "The model is on the hub, but not for everybody: ask for access on its page, and set HF_TOKEN to a token of that account.";
    const string OneArgument = "What it says names it: a misspelt name, or one that this version of the engine does not have (its --help lists them).";
    const string GpuMemory =
        "See with nvidia-smi what else is there; then less at once (vLLM: max_model_len, max_num_seqs; llama-server: -c, -ngl), a quantised model, or more GPUs (tensor_parallel_size).";
    const string CacheMemory = "Lower max_model_len (the server names the longest that fits), or raise gpu_memory_utilization.";
    const string Architecture = "Take a version of the engine that knows the model: its release notes tell since when.";
    const string Taken = "--set server.port=0 takes a free one.";
    const string Driver = "Update the driver, or take a build or an image for an older CUDA.";

    // Where several fit, the first here is told: what is specific comes before what follows from it.
    static readonly (string[] Words, string Cause, string Hint)[] Known =
    [
        (["GatedRepoError"], "the model is gated", Gated),
        (["access gated repo"], "the model is gated", Gated),
        (["access a gated repo"], "the model is gated", Gated),
        (["RepositoryNotFoundError"], "there is no such model on the hub, or it is private", "Check the model's name; a private one needs HF_TOKEN."),
        (["Repository Not Found for url"], "there is no such model on the hub, or it is private", "Check the model's name; a private one needs HF_TOKEN."),
        (["is not a local folder and is not a valid model identifier"], "there is no such model", "Check the model's name or path; a private one needs HF_TOKEN."),
        (["Invalid repository ID or local directory"], "there is no such model", "Check the model's name, and its path as the server sees it."),
        (["unrecognized arguments"], "it does not know one of its arguments", OneArgument),
        (["No such option"], "it does not know one of its arguments", OneArgument),
        (["error: invalid argument: -"], "it does not know one of its arguments", OneArgument),
        (["error while handling argument"], "it does not take the value of one of its arguments", OneArgument),
        (["are not supported for now"], "the engine does not know the model's architecture", Architecture),
        (["was supported in vLLM until"], "the engine knows the model's architecture no more", Architecture),
        (["Transformers does not recognize this architecture"], "its Transformers does not know the model's architecture", Architecture),
        (["Unknown architecture for AutoModel"], "the engine does not know the model's architecture", Architecture),
        (["unknown model architecture"], "the engine does not know the model's architecture", Architecture),
        (["CUDA driver version is insufficient"], "the GPU's driver is older than the engine's CUDA", Driver),
        (["NVIDIA driver on your system is too old"], "the GPU's driver is older than the engine's CUDA", Driver),
        (["no kernel image is available"], "the engine is not built for this GPU", "Take a build for its compute capability."),
        (["less than desired GPU memory utilization"], "the GPU has less free memory than it was told to take", "End what else is there (nvidia-smi names it), or lower gpu_memory_utilization."),
        (["max_model_len", "greater than the derived max_model_len"], "the longest request is longer than the model's context", "Lower max_input_tokens or max_output_tokens: their sum is the max_model_len that lem asks for where none is given."),
        (["No available memory for the cache blocks"], "no GPU memory is left for the KV cache", CacheMemory),
        (["larger than the available KV cache memory"], "the KV cache is too small for one request of max_model_len", CacheMemory),
        (["is larger than the maximum number of tokens that can be stored in KV cache"], "the KV cache is too small for one request of max_model_len", CacheMemory),
        (["insufficient GPU memory"], "a GPU ran out of memory", GpuMemory),
        (["out of memory"], "a GPU ran out of memory", GpuMemory),
        (["No space left on device", "/dev/shm"], "/dev/shm is too small", "In a container: shm_size: 16gb of its service; on the host: mount -o remount,size=16g /dev/shm."),
        (["Bus error"], "shared memory is too small (bus error)", "In a container: shm_size: 16gb of its service."),
        (["exec: ", ": not found"], "there is no such program where it runs", "Check the first word of server.command: in a container it is looked for in there (docker.service)."),
        (["address already in use"], "its port is taken", Taken),
        (["couldn't bind"], "its port is taken", Taken),
        (["failed to open GGUF file"], "the model's file cannot be opened", "Check the path as the server sees it, and that it may read it."),
        (["invalid magic"], "the model's file is no GGUF file", "Check that it is the right file, and whole."),
        (["failed to load model"], "the model's file cannot be loaded", "What it says first tells why; often the file is cut short, or memory is."),
        (["Failed to infer device type"], "it finds no GPU", "Check nvidia-smi there; in a container, the GPU reservation of its service."),
        (["No module named"], "a part of the engine is not installed in that Python", "Install it there; or start the server by another Python (server.command)."),
    ];

    /// <summary>The known cause in the last lines of a log, with the line that tells it; null where there is none.</summary>
    public static (string Cause, string Hint, string Line)? Explain(IReadOnlyList<string> log)
    {
        var last = log.TakeLast(300).ToList();
        foreach (var (words, cause, hint) in Known)
            if (last.Find(line => Array.TrueForAll(words, word => line.Contains(word, StringComparison.OrdinalIgnoreCase))) is { } line)
                return (cause, hint, line);
        return null;
    }
}

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>Known causes why inference servers do not start, by what they say then.</summary>
static class ServerFailure
{
    static readonly (string[] Words, string Cause, string Hint)[] Known =
    [
        (["401", "gated"], "the model is gated", "Accept its licence on the hub, and set HF_TOKEN to a token that may read it."),
        (["GatedRepoError"], "the model is gated", "Accept its licence on the hub, and set HF_TOKEN to a token that may read it."),
        (["RepositoryNotFoundError"], "there is no such model on the hub, or it is private", "Check the model's name; a private one needs HF_TOKEN."),
        (["is not a local folder and is not a valid model identifier"], "there is no such model", "Check the model's name or path; a private one needs HF_TOKEN."),
        (["unrecognized arguments"], "it does not know one of its arguments", "The line above names it: another version of the engine may call it otherwise (lem params lists what lem passes on)."),
        (["No such option"], "it does not know one of its arguments", "The line above names it: another version of the engine may call it otherwise."),
        (["invalid argument"], "it does not know one of its arguments", "The line above names it."),
        (["out of memory"], "a GPU ran out of memory", "Lower gpu_memory_utilization, max_model_len or max_num_seqs, quantise, or spread it over more GPUs (tensor_parallel_size)."),
        (["No available memory for the cache blocks"], "no GPU memory is left for the KV cache", "Raise gpu_memory_utilization, or lower max_model_len."),
        (["is larger than the maximum number of tokens that can be stored in KV cache"], "the KV cache is too small for max_model_len", "Lower max_model_len, or raise gpu_memory_utilization."),
        (["are not supported for now"], "the engine does not know the model's architecture", "Take a version of the engine that does (docs/engines lists them)."),
        (["unknown model architecture"], "the engine does not know the model's architecture", "Take a newer version of the engine."),
        (["address already in use"], "its port is taken", "--set server.port=0 takes a free one."),
        (["couldn't bind"], "its port is taken", "--set server.port=0 takes a free one."),
        (["No space left on device", "/dev/shm"], "/dev/shm is too small", "In a container, give the service shm_size: 16gb; on the host, remount /dev/shm larger."),
        (["Bus error"], "shared memory is too small (bus error)", "Give the container shm_size: 16gb."),
        (["CUDA driver version is insufficient"], "the GPU's driver is older than the engine's CUDA", "Update the driver, or take an image built for an older CUDA."),
        (["no kernel image is available"], "the engine is not built for this GPU", "Take a build for its compute capability."),
        (["exec: ", ": not found"], "there is no such program where it runs", "Check the first word of server.command: in a container it is looked for in there (docker.service)."),
        (["failed to load model"], "the model's file cannot be loaded", "Check the path as the server sees it, and that the file is whole."),
        (["failed to open GGUF file"], "the model's file is not there", "Check the path as the server sees it."),
        (["No module named"], "the engine is not installed in that Python", "Install it there, or name another interpreter (python.executable)."),
        (["Failed to infer device type"], "it finds no GPU", "Check nvidia-smi there; in a container, the GPU reservation of its service."),
    ];

    /// <summary>The first known cause in the last lines of a log.</summary>
    public static (string? Cause, string? Hint) Explain(IReadOnlyList<string> log)
    {
        var last = log.TakeLast(200).ToList();
        foreach (var (words, cause, hint) in Known)
            if (last.Exists(line => Array.TrueForAll(words, word => line.Contains(word, StringComparison.OrdinalIgnoreCase))))
                return (cause, hint);
        return (null, null);
    }
}

using Lem.Measurement.Engines.OpenAi.Hosting;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Hosting;

/// <summary>What engines say when they do not start. The lines are theirs: of vLLM, TensorRT-LLM, llama-server, huggingface_hub, transformers and PyTorch.</summary>
public sealed class ServerFailureTests
{
    [Theory]
    [InlineData("huggingface_hub.errors.GatedRepoError: 401 Client Error. (Request ID: Root=1-69;37)", "the model is gated", "HF_TOKEN")]
    [InlineData("Cannot access gated repo for url https://huggingface.co/org/model/resolve/main/config.json.", "the model is gated", "HF_TOKEN")]
    [InlineData("OSError: You are trying to access a gated repo.", "the model is gated", "ask for access")]
    [InlineData("Repository Not Found for url: https://huggingface.co/api/models/org/nope.", "no such model", "HF_TOKEN")]
    [InlineData("OSError: org/nope is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'", "no such model", "name or path")]
    [InlineData("vllm: error: unrecognized arguments: --frobnicate", "one of its arguments", "--help")]
    [InlineData("Error: No such option: --ep (Possible options: --help, --pp, --tp)", "one of its arguments", "--help")]
    [InlineData("error: invalid argument: --frobnicate", "one of its arguments", "--help")]
    [InlineData("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.", "ran out of memory", "nvidia-smi")]
    [InlineData("[TRT-LLM] [RANK 1] [E] Failed to initialize executor on rank 1: Executor creation failed due to insufficient GPU memory.", "ran out of memory", "more GPUs")]
    [InlineData("E ggml_backend_cuda_buffer_type_alloc_buffer: allocating 97809.00 MiB on device 0: cudaMalloc failed: out of memory", "ran out of memory", "-ngl")]
    [InlineData("ValueError: Free memory on device cuda:0 (8.19/63.98 GiB) on startup is less than desired GPU memory utilization (0.9, 57.58 GiB).", "less free memory", "gpu_memory_utilization")]
    [InlineData("ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.", "KV cache", "gpu_memory_utilization")]
    [InlineData("ValueError: User-specified max_model_len (8192) is greater than the derived max_model_len (max_position_embeddings=2048 or model_max_length=None in model's config.json).", "the model's context", "max_input_tokens")]
    [InlineData("36.66 GiB KV cache is needed, which is larger than the available KV cache memory (8.27 GiB).", "KV cache", "max_model_len")]
    [InlineData("ValueError: The model's max seq len (131072) is larger than the maximum number of tokens that can be stored in KV cache (95520).", "KV cache", "max_model_len")]
    [InlineData("ValueError: Model architectures ['NewForCausalLM'] are not supported for now. Supported architectures: dict_keys(['AquilaModel'])", "architecture", "version")]
    [InlineData("Model architecture MotifForCausalLM was supported in vLLM until v0.10.2, and is not supported anymore.", "architecture", "version")]
    [InlineData("ValueError: Unknown architecture for AutoModelForCausalLM: GraniteForCausalLM", "architecture", "version")]
    [InlineData("E llama_model_load: error loading model: error loading model architecture: unknown model architecture: 'new'", "architecture", "version")]
    [InlineData("ERROR:    [Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use", "port is taken", "server.port=0")]
    [InlineData("E start: couldn't bind HTTP server socket, hostname: 127.0.0.1, port: 8080", "port is taken", "server.port=0")]
    [InlineData("E gguf_init_from_reader: invalid magic characters: 'abcd', expected 'GGUF'", "no GGUF file", "whole")]
    [InlineData("RuntimeError: The NVIDIA driver on your system is too old (found version 12080).", "driver", "Update")]
    [InlineData("RuntimeError: Failed to infer device type", "finds no GPU", "nvidia-smi")]
    [InlineData("/usr/bin/python3: No module named vllm", "not installed", "another Python")]
    public void A_known_line_is_explained(string line, string cause, string hint)
    {
        var told = ServerFailure.Explain(["INFO starting", line, "Traceback (most recent call last):"]);

        Assert.Contains(cause, told?.Cause, StringComparison.Ordinal);
        Assert.Contains(hint, told?.Hint, StringComparison.Ordinal);
        Assert.Equal(line, told?.Line);
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_merely_a_file_that_cannot_be_loaded()
    {
        var told = ServerFailure.Explain(
        [
            "E gguf_init_from_file: failed to open GGUF file '/nope.gguf' (No such file or directory)",
            "E llama_model_load: error loading model: llama_model_loader: failed to load model from /nope.gguf",
            "E srv  llama_server: exiting due to model loading error",
        ]);

        Assert.Equal("the model's file cannot be opened", told?.Cause);
    }

    [Fact]
    public void Memory_that_ran_short_on_the_way_is_not_the_cause_where_another_is_told()
    {
        var told = ServerFailure.Explain(
        [
            "[TRT-LLM] [W] CUDA out of memory. Tried to allocate 20.00 MiB (handled, retrying)",
            "ValueError: Unknown architecture for AutoModelForCausalLM: ExoticForCausalLM",
        ]);

        Assert.Contains("architecture", told?.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_knows_is_not_explained() => Assert.Null(ServerFailure.Explain(["CUDA error: invalid argument", "RuntimeError: Engine core initialization failed. See root cause above."]));
}

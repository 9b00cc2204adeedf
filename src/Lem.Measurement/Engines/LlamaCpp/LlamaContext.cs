using Lem.Core;
using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Lem.Measurement.Engines.LlamaCpp.Tracing;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>KV cache and compute buffers for one model, and the computing itself.</summary>
sealed unsafe class LlamaContext : IDisposable
{
    readonly CancelFlag _cancel = new();
    readonly ComputeThreads? _threads;

    LlamaContext(LlamaModel model, nint handle, LlamaContextParams parameters, ComputeThreads? threads)
    {
        Model = model;
        Handle = handle;
        Parameters = parameters;
        _threads = threads;
        Tokens = (int)LlamaNative.ContextTokens(handle);
        TokensPerRequest = parameters.KvUnified != 0 ? Tokens : (int)LlamaNative.ContextTokensPerSequence(handle);
        BatchTokens = (int)LlamaNative.BatchTokens(handle);
    }

    public LlamaModel Model { get; }

    public nint Handle { get; private set; }

    /// <summary>As asked for; what the library made of them the properties tell.</summary>
    public LlamaContextParams Parameters { get; }

    public int Tokens { get; }

    /// <summary>Tokens one request may use; with a unified cache all that others leave.</summary>
    public int TokensPerRequest { get; }

    /// <summary>Which graphs it computes for a batch; without a unified cache each sequence has a stream of cells of its own.</summary>
    public MicroBatchPlan MicroBatches => new(BatchTokens, MicroBatchTokens, Parameters.KvUnified != 0 || Parameters.MaxSequences == 1, TokensPerRequest);

    /// <summary>Most tokens in one <see cref="Decode"/>.</summary>
    public int BatchTokens { get; }

    /// <summary>Most tokens computed at once within a <see cref="Decode"/>.</summary>
    public int MicroBatchTokens => (int)LlamaNative.MicroBatchTokens(Handle);

    public bool HasPersistentThreads => _threads is not null;

    /// <param name="counter">Looks at every node of what this context computes, which slows it down; null in measured contexts.</param>
    /// <exception cref="LemException">There is no memory for it, or its parameters contradict each other.</exception>
    public static LlamaContext Create(LlamaLibrary library, LlamaModel model, LlamaCppOptions options, int threads, GraphCounter? counter = null)
    {
        var most = (int)LlamaNative.MaxParallelSequences();
        if (options.MaxBatch < 1 || options.MaxBatch > most)
            throw new LemException($"the embedded engine runs batches of 1 to {most}, not {options.MaxBatch}", "Choose a smaller batching.batch_size.");

        var parameters = ParametersOf(options, model.TrainedContext, threads);
        if (options.MaxBatch > parameters.BatchTokens)
        {
            throw new LemException(
                $"llamacpp.n_batch is {parameters.BatchTokens}, but each step of a batch of {options.MaxBatch} computes that many tokens",
                "Raise llamacpp.n_batch or lower batching.batch_size.");
        }

        if (counter is not null)
            (parameters.EvalCallback, parameters.EvalCallbackData) = (GraphCounter.Callback, counter.Data);

        library.Log.TakeTroubles();
        var handle = LlamaNative.InitFromModel(model.Handle, parameters);
        if (handle == 0)
        {
            throw new LemException(
                $"llama.cpp cannot make a context of {parameters.ContextTokens} tokens: {string.Join(" | ", library.Log.TakeTroubles())}",
                "Lower batching.batch_size, max_input_tokens, max_output_tokens or llamacpp.n_ctx.");
        }

        var pools = options.PersistentThreads ? ComputeThreads.Start(library, parameters.Threads, parameters.ThreadsBatch) : null;
        pools?.AttachTo(handle);
        return new(model, handle, parameters, pools);
    }

    /// <summary>Computes a batch and waits until its logits are there.</summary>
    public DecodeStatus Decode(BatchBuffer batch)
    {
        var status = LlamaNative.Decode(Handle, batch.Native);
        if (status == 0)
            LlamaNative.Synchronize(Handle);
        return status switch
        {
            0 => DecodeStatus.Done,
            1 => DecodeStatus.NoRoom,
            2 => DecodeStatus.Cancelled,
            _ => throw new LemException($"llama_decode failed with {status}", "The log of the run has llama.cpp's own words (log.txt)."),
        };
    }

    /// <summary>Scores over the vocabulary after the batch's token at this index, which must have asked for them. Valid until the next decode.</summary>
    public Span<float> Logits(int index) => new(LlamaNative.GetLogits(Handle, index), Model.Vocabulary.Count);

    /// <summary>Forgets all sequences.</summary>
    /// <param name="wipe">Zeroes the cells too: not needed for a new batch, and as slow as the cache is large.</param>
    public void Clear(bool wipe) => LlamaNative.MemoryClear(LlamaNative.GetMemory(Handle), wipe);

    /// <summary>Forgets one sequence; the others stay.</summary>
    public void Forget(int sequence) => LlamaNative.MemoryRemove(LlamaNative.GetMemory(Handle), sequence, 0, -1);

    /// <summary>Lets this token interrupt <see cref="Decode"/> on the CPU until the registration is disposed.</summary>
    /// <remarks>For long prefills only: llama.cpp asks before every tensor operation, which in decoding costs up to 2 % of a small model's step.</remarks>
    public Interruption InterruptBy(CancellationToken cancellationToken)
    {
        var following = _cancel.Follow(cancellationToken);
        LlamaNative.SetAbortCallback(Handle, CancelFlag.IsRaised, _cancel.Data);
        return new(this, following);
    }

    public void Dispose()
    {
        if (Handle == 0)
            return;
        LlamaNative.Free(Handle);
        Handle = 0;
        _threads?.Dispose();
        _cancel.Dispose();
    }

    static LlamaContextParams ParametersOf(LlamaCppOptions options, int trainedContext, int threads)
    {
        var parameters = LlamaNative.ContextDefaultParams().Context;
        parameters.ContextTokens = (uint)ContextPlan.Tokens(options, trainedContext);
        parameters.MaxSequences = (uint)options.MaxBatch;
        parameters.BatchTokens = (uint?)options.BatchTokens ?? parameters.BatchTokens;
        parameters.MicroBatchTokens = Math.Min((uint?)options.MicroBatchTokens ?? parameters.MicroBatchTokens, parameters.BatchTokens);
        parameters.Threads = options.Threads ?? threads;
        parameters.ThreadsBatch = options.ThreadsBatch ?? parameters.Threads;
        parameters.FlashAttention = options.FlashAttention is { } flash ? LlamaChoice.FlashAttention.ValueOf(flash) : parameters.FlashAttention;
        parameters.KeyType = options.KeyType is { } key ? LlamaChoice.CacheType.ValueOf(key) : parameters.KeyType;
        parameters.ValueType = options.ValueType is { } value ? LlamaChoice.CacheType.ValueOf(value) : parameters.ValueType;
        parameters.RopeFrequencyBase = (float?)options.RopeFrequencyBase ?? parameters.RopeFrequencyBase;
        parameters.RopeFrequencyScale = (float?)options.RopeFrequencyScale ?? parameters.RopeFrequencyScale;
        parameters.OffloadKqv = LlamaModel.Flag(options.OffloadKqv, parameters.OffloadKqv);
        parameters.OpOffload = LlamaModel.Flag(options.OpOffload, parameters.OpOffload);
        parameters.KvUnified = LlamaModel.Flag(options.KvUnified, parameters.KvUnified);
        parameters.SwaFull = LlamaModel.Flag(options.SwaFull, parameters.SwaFull);
        return parameters;
    }

    /// <summary>Ends the interruptibility of a context.</summary>
    public readonly struct Interruption(LlamaContext context, CancellationTokenRegistration following) : IDisposable
    {
        public void Dispose()
        {
            LlamaNative.SetAbortCallback(context.Handle, null, null);
            following.Dispose();
        }
    }
}

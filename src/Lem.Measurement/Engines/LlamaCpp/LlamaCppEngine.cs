using System.Runtime.CompilerServices;
using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Lem.Measurement.Engines.LlamaCpp.Tracing;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>llama.cpp inside this process: GGUF models on the CPU, or on GPUs where the library has a backend for them.</summary>
/// <remarks>
/// Output tokens count as in vLLM and Transformers: a token that ends the text is an output token, and nothing comes after it. To ignore the end of
/// text is to forbid its tokens (logit −∞), as <c>llama-cli --ignore-eos</c> does, so that the output has exactly its full length of other tokens.
/// </remarks>
public sealed class LlamaCppEngine(LlamaCppOptions options, TimeProvider time) : IEngine
{
    readonly ResidentMemory _memory = new(new LinuxTree());
    readonly List<Finding> _findings = [];
    LlamaLibrary? _library;
    LoadedLlama? _loaded;
    FlopsTracer? _tracer;
    ContinuousBatch? _continuous;
    long? _peakBeforeTracing;
    int _isGenerating;

    public EngineCapabilities Capabilities { get; } =
        new(StaticBatches: !options.IsContinuous, ExactPhases: true, StepsTokens: true, EmptiesCaches: true, InProcess: true);

    /// <summary>What llama.cpp has said so far in this process, its last lines, oldest first: for the run's log.</summary>
    public IReadOnlyList<string> LogLines => _library?.Log.Lines() ?? [];

    internal LoadedLlama Loaded => _loaded ?? throw new InvalidOperationException("The engine is not loaded.");

    public async Task<EngineDescription> LoadAsync(CancellationToken cancellationToken)
    {
        if (_loaded is not null)
            throw new InvalidOperationException("The engine is already loaded.");

        var residentBefore = _memory.Bytes;
        _memory.ForgetPeak();
        var library = _library = LlamaLibrary.Load();
        // Read by us first: native code trusts a file more than it should.
        var file = GgufReader.Read(options.ModelPath);
        _loaded = await Task.Run(() => LoadedLlama.Load(library, file, options, residentBefore, cancellationToken), cancellationToken);
        if (options.GpuLayers is not (null or 0) && !library.Devices.Any(device => device.IsGpu))
            _findings.Add(GpuNotUsed(options.GpuLayers.Value));
        if (options.IsContinuous)
            _continuous = new ContinuousBatch(_loaded.Context, _loaded.Buffer, options.MaxBatch, time);
        return _loaded.Describe(options);
    }

    public Task<IReadOnlyList<int>?> TokenizeAsync(string text, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<int>?>(Loaded.Model.Vocabulary.Tokenize(text));

    public Task<string?> DetokenizeAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(Loaded.Model.Vocabulary.Detokenize(tokens));

    // Tokens are all there is to a request.
    public void Prepare(IEnumerable<GenerationRequest> requests)
    {
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Computes on the thread that asks for the next event: a hand-over between threads would take time from every token, and a core from the
    /// compute threads. Who consumes must therefore be quick. A thread that is not the thread pool's (a terminal's, a test's) is left first.
    /// </remarks>
    public async IAsyncEnumerable<TokenEvent> GenerateAsync(
        IReadOnlyList<GenerationRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var loaded = Loaded;
        if (_continuous is { } continuous)
        {
            if (requests is not [var request])
                throw new ArgumentException("a continuous batch takes requests one by one", nameof(requests));
            await foreach (var e in continuous.Enter(request, cancellationToken).Events.ReadAllAsync(CancellationToken.None))
                yield return e;
            yield break;
        }

        if (requests.Count > options.MaxBatch)
            throw new ArgumentException($"{requests.Count} requests in a batch, and at most {options.MaxBatch} were announced", nameof(requests));
        if (Interlocked.Exchange(ref _isGenerating, 1) != 0)
            throw new InvalidOperationException("Static batches come one after another.");

        try
        {
            if (!Thread.CurrentThread.IsThreadPoolThread)
                await Task.Yield();
            using var batch = new StaticBatch(loaded.Context, loaded.Buffer, requests, time);
            while (batch.Advance(cancellationToken))
                for (var i = 0; i < batch.EventCount; i++)
                    yield return batch.Event(i);
        }
        finally
        {
            Volatile.Write(ref _isGenerating, 0);
        }
    }

    public ValueTask<bool> EmptyCachesAsync(CancellationToken cancellationToken)
    {
        Loaded.Context.Clear(wipe: true);
        return ValueTask.FromResult(true);
    }

    public Task OpenWindowAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // What it does is seen from outside: it has no counters of its own.
    public Task<EngineCounts> CloseWindowAsync(CancellationToken cancellationToken) => Task.FromResult(EngineCounts.None);

    /// <inheritdoc/>
    /// <remarks>Takes a few single steps of a context with 1,024 cells, once for each load.</remarks>
    public async ValueTask<ExecutedFlops> TraceFlopsAsync(IReadOnlyList<IReadOnlyList<RequestTokens>> batches, CancellationToken cancellationToken)
    {
        if (_continuous is not null)
            return ExecutedFlops.None("requests that come and go share their steps: no graph is of one request");
        if (Volatile.Read(ref _isGenerating) != 0)
            throw new InvalidOperationException("A batch is still running.");

        // The memory of tracing is none of the measured work.
        var peak = _memory.PeakBytes;
        var tracer = _tracer ??= new(Loaded, options);
        var flops = await Task.Run(() => tracer.Trace(batches), cancellationToken);
        _peakBeforeTracing = Math.Max(_peakBeforeTracing ?? 0, peak ?? 0);
        _memory.ForgetPeak();
        return flops;
    }

    /// <inheritdoc/>
    /// <remarks>The peak is the whole process', program included: weights on the CPU are part of it. Workspace is unknown: llama.cpp has no call for it.</remarks>
    public EngineMemory Memory() => new(Loaded.Model.SizeBytes, Loaded.CacheBytes, Peak(), WorkspaceBytes: null);

    public IReadOnlyList<Finding> TakeFindings()
    {
        Finding[] findings =
        [
            .. _findings,
            .. (_library?.Log.TakeTroubles() ?? []).Select(line => new Finding("engine_warning", FindingSeverity.Warning, $"llama.cpp: {line}")),
        ];
        _findings.Clear();
        return findings;
    }

    public Task UnloadAsync(CancellationToken cancellationToken)
    {
        if (_isGenerating != 0)
            throw new InvalidOperationException("A batch is still running.");
        if (_loaded is not { } loaded)
            return Task.CompletedTask;

        _findings.AddRange(TakeFindings());
        (_loaded, _tracer, _peakBeforeTracing) = (null, null, null);
        _continuous?.Dispose();
        _continuous = null;
        var heldBytes = loaded.Model.SizeBytes + (loaded.CacheBytes ?? 0);
        loaded.Dispose();
        if (MemoryNotReturned(loaded.ResidentBytesBefore, heldBytes) is { } finding)
            _findings.Add(finding);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await UnloadAsync(CancellationToken.None);

    /// <summary>How near the greedy choice after these tokens is: difference of the two best logits, computed alone in a batch.</summary>
    internal float TopGapAfter(IReadOnlyList<int> tokens)
    {
        var loaded = Loaded;
        loaded.Context.Clear(wipe: false);
        loaded.Buffer.Clear();
        var index = 0;
        for (var i = 0; i < tokens.Count; i++)
            index = loaded.Buffer.Add(tokens[i], i, sequence: 0, wantsLogits: i == tokens.Count - 1);
        loaded.Context.Decode(loaded.Buffer);
        return Logits.TopGap(loaded.Context.Logits(index));
    }

    long? Peak() => _memory.PeakBytes is { } bytes ? Math.Max(bytes, _peakBeforeTracing ?? 0) : null;

    static Finding GpuNotUsed(int layers) => new(
        "gpu_not_used",
        FindingSeverity.Warning,
        $"llamacpp.n_gpu_layers is {layers}, but this llama.cpp has no GPU backend that works here: all layers run on the CPU",
        Hint: $"Let {LlamaLibrary.PathVariable} name a build with CUDA, Vulkan or Metal.");

    // Allocators keep some of what is freed, and the program itself has grown meanwhile.
    Finding? MemoryNotReturned(long? before, long heldBytes)
    {
        const long Slack = 64 << 20;
        if (_memory.Bytes is not { } after || before is not { } start || after - start <= Slack + heldBytes / 20)
            return null;
        return new(
            "memory_not_returned",
            FindingSeverity.Warning,
            $"unloading the model left {(after - start) >> 20} MiB more resident memory than before it was loaded",
            Data: new() { ["resident_before_bytes"] = start, ["resident_after_bytes"] = after, ["held_bytes"] = heldBytes });
    }
}

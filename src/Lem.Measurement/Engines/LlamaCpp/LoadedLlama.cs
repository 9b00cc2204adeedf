using System.Globalization;
using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>A model with its context and batch buffer, ready to generate: everything that is freed on unloading.</summary>
sealed class LoadedLlama : IDisposable
{
    LoadedLlama(LlamaLibrary library, GgufFile file, LlamaModel model, LlamaContext context, long? residentBytesBefore)
    {
        File = file;
        Library = library;
        Model = model;
        Context = context;
        Buffer = new(context.BatchTokens);
        ResidentBytesBefore = residentBytesBefore;
    }

    public GgufFile File { get; }

    public LlamaLibrary Library { get; }

    public LlamaModel Model { get; }

    public LlamaContext Context { get; }

    public BatchBuffer Buffer { get; }

    /// <summary>Memory of the process before it was loaded.</summary>
    public long? ResidentBytesBefore { get; }

    public long? CacheBytes => KeyValueCacheSize.Bytes(
        File, Context.Tokens, GgufTensorType.FromId(Context.Parameters.KeyType), GgufTensorType.FromId(Context.Parameters.ValueType));

    public static LoadedLlama Load(
        LlamaLibrary library, GgufFile file, LlamaCppOptions options, long? residentBytesBefore, CancellationToken cancellationToken)
    {
        if (options.Numa is { } numa and not "disabled")
            LlamaNative.NumaInit(LlamaChoice.Numa.ValueOf(numa));
        var model = LlamaModel.Load(library, options, cancellationToken);
        LlamaContext? context = null;
        try
        {
            context = LlamaContext.Create(library, model, options, PhysicalCores.Count(new LinuxTree(), Environment.ProcessorCount));
            return new(library, file, model, context, residentBytesBefore);
        }
        finally
        {
            if (context is null)
                model.Dispose();
        }
    }

    public EngineDescription Describe(LlamaCppOptions options)
    {
        var facts = GgufModelFacts.From(File);
        string[] gpus = [.. Library.Devices.Where(device => device.IsGpu).Select(device => $"gpu:{device.Name}")];
        return new(
            "llamacpp",
            Library.Version,
            GgufEngineModel.Of(facts),
            options.ModelRevision ?? Revision(options.ModelPath),
            Context.TokensPerRequest,
            ExecutionShape.LlamaCpp(Context.MicroBatches),
            EffectiveParameters.Of(Library, Model, Context, options.Numa ?? "disabled"),
            gpus.Length == 0 || Model.Parameters.GpuLayers == 0 ? ["cpu"] : gpus,
            ComputePrecision.Of(GgufEngineModel.WeightPrecision(facts)),
            Synthetic: facts.SyntheticShape is not null,
            CacheBlocks: Context.Tokens);
    }

    public void Dispose()
    {
        Buffer.Dispose();
        Context.Dispose();
        Model.Dispose();
    }

    static string Revision(string path)
    {
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes, modified {file.LastWriteTimeUtc:yyyy-MM-ddTHH:mm:ssZ}");
    }
}

using System.Runtime.InteropServices;
using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>Weights and vocabulary in memory.</summary>
sealed unsafe class LlamaModel : IDisposable
{
    readonly nint _tensorSplit;

    LlamaModel(nint handle, nint tensorSplit, LlamaModelParams parameters)
    {
        Handle = handle;
        _tensorSplit = tensorSplit;
        Parameters = parameters;
        Vocabulary = new(LlamaNative.ModelGetVocab(handle));
    }

    public nint Handle { get; private set; }

    public LlamaModelParams Parameters { get; }

    public LlamaVocabulary Vocabulary { get; }

    /// <summary>All tensors together.</summary>
    public long SizeBytes => (long)LlamaNative.ModelSize(Handle);

    public long ParameterCount => (long)LlamaNative.ModelParameterCount(Handle);

    /// <summary>Tokens the model was trained on at once.</summary>
    public int TrainedContext => LlamaNative.ModelTrainedContext(Handle);

    public bool HasChatTemplate => LlamaNative.ModelChatTemplate(Handle, null) is not null;

    /// <summary>Architecture, size and type in llama.cpp's words: <c>llama 15M F16</c>.</summary>
    public string Description
    {
        get
        {
            var buffer = stackalloc byte[128];
            return LlamaNative.ModelDesc(Handle, buffer, 128) < 0 ? "" : LlamaLibrary.Text(buffer) ?? "";
        }
    }

    /// <summary>Loads the weights; the head of the file has been checked before, so that nonsense does not get to native code.</summary>
    /// <exception cref="LemException">llama.cpp refuses the file; its own words are in the message.</exception>
    public static LlamaModel Load(LlamaLibrary library, LlamaCppOptions options, CancellationToken cancellationToken)
    {
        using var cancel = new CancelFlag();
        using var following = cancel.Follow(cancellationToken);
        var tensorSplit = TensorSplitOf(options);
        var parameters = ParametersOf(options, tensorSplit, cancel);

        library.Log.TakeTroubles();
        var handle = LlamaNative.ModelLoadFromFile(options.ModelPath, parameters);
        if (handle != 0 && !LlamaNative.ModelHasEncoder(handle))
            return new(handle, tensorSplit, parameters);

        NativeMemory.Free((void*)tensorSplit);
        cancellationToken.ThrowIfCancellationRequested();
        if (handle != 0)
        {
            LlamaNative.ModelFree(handle);
            throw new LemException(
                $"{options.ModelPath}: models with an encoder do not run on the embedded engine", "Run this model with backend: pytorch.");
        }

        throw new LemException(
            $"{options.ModelPath}: llama.cpp cannot load this model: {string.Join(" | ", library.Log.TakeTroubles())}",
            $"Use a GGUF file for llama.cpp {LlamaLibrary.WantedVersion}; a newer architecture needs a newer build.");
    }

    public void Dispose()
    {
        if (Handle == 0)
            return;
        LlamaNative.ModelFree(Handle);
        NativeMemory.Free((void*)_tensorSplit);
        Handle = 0;
    }

    static LlamaModelParams ParametersOf(LlamaCppOptions options, nint tensorSplit, CancelFlag cancel)
    {
        var parameters = LlamaNative.ModelDefaultParams().Model;
        parameters.GpuLayers = options.GpuLayers ?? parameters.GpuLayers;
        parameters.MainGpu = options.MainGpu ?? parameters.MainGpu;
        parameters.SplitMode = options.SplitMode is { } split ? LlamaChoice.SplitMode.ValueOf(split) : parameters.SplitMode;
        parameters.LoadMode = options.LoadMode is { } load ? LlamaChoice.LoadMode.ValueOf(load) : parameters.LoadMode;
        parameters.TensorSplit = tensorSplit;
        parameters.UseExtraBufferTypes = Flag(options.UseExtraBufferTypes, parameters.UseExtraBufferTypes);
        parameters.CheckTensors = Flag(options.CheckTensors, parameters.CheckTensors);
        parameters.ProgressCallback = (nint)CancelFlag.GoesOn;
        parameters.ProgressCallbackData = (nint)cancel.Data;
        return parameters;
    }

    // llama.cpp reads one share per possible device, and keeps the pointer.
    static nint TensorSplitOf(LlamaCppOptions options)
    {
        if (options.TensorSplit is not { Count: > 0 } shares)
            return 0;
        var places = (int)LlamaNative.MaxDevices();
        var split = (float*)NativeMemory.AllocZeroed((nuint)places, sizeof(float));
        for (var i = 0; i < Math.Min(places, shares.Count); i++)
            split[i] = shares[i];
        return (nint)split;
    }

    internal static byte Flag(bool? asked, byte otherwise) => asked is { } flag ? (byte)(flag ? 1 : 0) : otherwise;
}

using System.Runtime.InteropServices;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp.Tracing;

/// <summary>
/// Looks at every node of the graphs that a context computes (<c>cb_eval</c>) and adds up their FLOP, or lets a context take tokens in without
/// computing them.
/// </summary>
/// <remarks>
/// ggml-backend.h: asked for a node (<c>ask</c>), true stops the computation there to show it; shown a node, false cancels the rest of the graph.
/// </remarks>
sealed unsafe class GraphCounter : IDisposable
{
    readonly GCHandle _self;

    // Set between computations; read and added to by the thread that computes.
    bool _skips;
    double _flop;
    string? _unknown;

    public GraphCounter() => _self = GCHandle.Alloc(this);

    /// <summary>For <c>llama_context_params.cb_eval</c>.</summary>
    public static nint Callback => (nint)(delegate* unmanaged<GgmlTensor*, byte, void*, byte>)&OnNode;

    /// <summary>For <c>cb_eval_user_data</c>.</summary>
    public nint Data => GCHandle.ToIntPtr(_self);

    /// <summary>FLOP of the nodes since <see cref="Count"/>; null where one of them is of <see cref="Unknown"/> work.</summary>
    public double? Flop => _unknown is null ? _flop : null;

    /// <summary>An operation whose work is not known.</summary>
    public string? Unknown => _unknown;

    /// <summary>From now on graphs are computed and counted.</summary>
    public void Count() => (_skips, _flop, _unknown) = (false, 0, null);

    /// <summary>From now on graphs end at their first node: the cache takes the tokens, whose keys and values stay what they were.</summary>
    public void Skip() => _skips = true;

    public void Dispose() => _self.Free();

    void Add(GgmlTensor* node)
    {
        var operation = LlamaLibrary.Text(GgmlNative.OperationName(node->Operation)) ?? "";
        if (NodeFlops.Of(operation, ShapeOf(node), ShapeOf(node->Source0), ShapeOf(node->Source1), ShapeOf(node->Source2)) is { } flop)
            _flop += flop;
        else
            _unknown = operation;
    }

    static TensorShape ShapeOf(GgmlTensor* tensor) =>
        tensor is null ? default : new(tensor->Elements[0], tensor->Elements[1], tensor->Elements[2], tensor->Elements[3]);

    [UnmanagedCallersOnly]
    static byte OnNode(GgmlTensor* node, byte ask, void* data)
    {
        if (GCHandle.FromIntPtr((nint)data).Target is not GraphCounter counter)
            return 0;
        if (counter._skips)
            return ask;
        if (ask != 0)
            counter.Add(node);
        return 0;
    }
}

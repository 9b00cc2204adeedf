using Lem.Core;
using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp.Tracing;

/// <summary>
/// Counts the FLOP that batches executed: a few graphs of the loaded model are counted once, node by node; their cost then holds for every
/// graph that the batches had computed.
/// </summary>
sealed class FlopsTracer(LoadedLlama loaded, LlamaCppOptions options)
{
    (GraphCost? Cost, string? Reason)? _found;

    public ExecutedFlops Trace(IReadOnlyList<IReadOnlyList<RequestTokens>> batches)
    {
        _found ??= Find();
        if (_found is not { Cost: { } cost })
            return ExecutedFlops.None(_found?.Reason ?? "");

        var plan = loaded.Context.MicroBatches;
        var (prefill, decode) = (0.0, 0.0);
        foreach (var batch in batches)
        {
            var graphs = plan.Of(batch);
            prefill += graphs.Prefill.Sum(cost.FlopOf);
            decode += graphs.Decode.Sum(cost.FlopOf);
        }

        return new(prefill, decode, null);
    }

    (GraphCost?, string?) Find()
    {
        if (GgmlTensorLayout.Difference() is { } difference)
            return (null, $"this build of llama.cpp lays out its tensors differently: {difference}");
        if (options.SwaFull == false && loaded.File.IntegerAt($"{loaded.File.Architecture}.attention.sliding_window") is > 0)
            return (null, "with swa_full: false the windowed layers' cache has a size of its own");
        try
        {
            using var tracing = new TracingContext(loaded.Library, loaded.Model, options, loaded.Context.Parameters.Threads);
            return GraphCost.Find(tracing.Count);
        }
        catch (LemException e)
        {
            // A machine that is full has measured well and cannot count; the closed form serves.
            return (null, e.Message);
        }
    }
}

namespace Lem.Core.Metrics.Flops;

/// <summary>FLOP of the forward passes of a workload, without running it.</summary>
/// <remarks>
/// Linear work is 2 FLOP per weight and token; attention 4·h_q per query–key pair (QKᵀ and AV); the head 2·h·vocab per generated token,
/// at compute precision. Norms, activations, rotary positions, softmax and sampling are left out (below 1 %), as everywhere in the field
/// (arXiv 2001.08361).
/// </remarks>
public static class FlopsEstimator
{
    /// <summary>From the dimensions of the model, layer by layer: medium confidence.</summary>
    /// <param name="batches">Requests that ran together; those that ran alone are batches of one.</param>
    public static FlopsEstimate ByArchitecture(
        ModelArchitecture model, IReadOnlyList<IReadOnlyList<RequestTokens>> batches, ExecutionShape execution, string? reason = null) =>
        Estimate(batches, new WorkCounter(execution, model.IsEncoderDecoder), work => work.FlopOf(model)) with
        {
            Method = FlopsMethod.Architecture,
            Confidence = FlopsConfidence.Medium,
            Reason = reason,
        };

    /// <summary>Two per parameter and token, and the head: low confidence; attention scores are left out.</summary>
    /// <param name="hidden">Null leaves out the head, and the estimate says so.</param>
    /// <param name="reason">Why the model's dimensions could not serve.</param>
    public static FlopsEstimate ByParameters(
        ParameterCounts parameters,
        int? hidden,
        int? vocabulary,
        IReadOnlyList<IReadOnlyList<RequestTokens>> batches,
        ExecutionShape execution,
        string reason)
    {
        var head = 2.0 * hidden * vocabulary;
        var estimate = Estimate(
            batches, new WorkCounter(execution, isEncoderDecoder: false), work => work.FlopOf(parameters.ActiveNonEmbedding, head ?? 0));
        return estimate with
        {
            Method = FlopsMethod.Parameters,
            Confidence = FlopsConfidence.Low,
            Reason = head is null ? $"{reason}; the head is left out, its dimensions are unknown" : reason,
        };
    }

    static FlopsEstimate Estimate(IReadOnlyList<IReadOnlyList<RequestTokens>> batches, WorkCounter counter, Func<BatchWork, double> flopOf)
    {
        var prefill = new FlopsPhase();
        var decode = new FlopsPhase();
        var tokens = 0L;
        foreach (var batch in batches)
        {
            foreach (var request in batch)
            {
                prefill += new FlopsPhase(flopOf(counter.UsefulPrefill(request)), 0);
                decode += new FlopsPhase(flopOf(counter.UsefulDecode(request)), 0);
                tokens += (long)request.Input + request.Output;
            }
            prefill += new FlopsPhase(0, counter.ExecutedPrefill(batch).Sum(flopOf));
            decode += new FlopsPhase(0, flopOf(counter.ExecutedDecode(batch)));
        }
        var both = prefill + decode;
        return new FlopsEstimate(
            both.Useful, both.Executed, prefill, decode, tokens > 0 ? both.Useful / tokens : null, FlopsMethod.Architecture, FlopsConfidence.Medium);
    }
}

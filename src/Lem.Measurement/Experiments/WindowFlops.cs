using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Measurement.Engines;
using Lem.Measurement.Load;
using Wanted = Lem.Core.Configuration.FlopsMethod;

namespace Lem.Measurement.Experiments;

/// <summary>FLOP of the requests of a window, as they really ran: their real tokens, in their real batches.</summary>
/// <remarks>
/// The useful count follows from the model's dimensions, whatever the engine does. The executed count is the engine's own where it traces, and
/// otherwise follows from the dimensions and the way the engine lays out its batches.
/// </remarks>
static class WindowFlops
{
    /// <summary>Beyond this share of each other, trace and closed form are not of one model.</summary>
    const double Agreement = 0.05;

    /// <summary>Whether a trace is of use.</summary>
    public static bool IsTraced(Wanted wanted) => wanted is Wanted.Auto or Wanted.Traced;

    /// <param name="wanted">How to count; where that is not possible the next weaker way serves, and the record says why.</param>
    /// <param name="traced">The engine's own count of <paramref name="batches"/>; null where it was not asked.</param>
    public static FlopsRecord Count(
        EngineDescription engine, IReadOnlyList<IReadOnlyList<RequestTokens>> batches, Wanted wanted, ExecutedFlops? traced)
    {
        if (engine.Model is not { } model)
            return Unknown("the engine does not tell the model's dimensions");
        if (Closed(engine, model, batches, wanted, traced?.Reason) is not { } estimate)
            return Unknown("neither the model's dimensions nor its parameters are known");

        var executed = (Prefill: traced?.Prefill ?? estimate.Prefill.Executed, Decode: traced?.Decode ?? estimate.Decode.Executed);
        var (method, confidence) = (estimate.Method, estimate.Confidence);
        var reason = estimate.Reason;
        if (traced is { Reason: null })
        {
            var (first, second) = (executed.Prefill + executed.Decode, estimate.Executed);
            // A useful count that rests on parameters alone is no better for a traced executed one.
            if (method == FlopsMethod.Architecture)
                (method, confidence) = (FlopsMethod.Traced, AreOfOneModel(first, second) ? FlopsConfidence.High : FlopsConfidence.Medium);
            else
                reason = $"{reason}; the executed count is traced";
        }

        return new(
            estimate.Useful, executed.Prefill + executed.Decode, estimate.Prefill.Useful, estimate.Decode.Useful, executed.Prefill, executed.Decode,
            method.ToString().ToLowerInvariant(), confidence.ToString().ToLowerInvariant(), reason);
    }

    /// <summary>What is to be doubted of a count: a trace that was asked for and is not there, or one that contradicts the dimensions.</summary>
    public static Finding? Doubt(FlopsRecord flops, Wanted wanted, ExecutedFlops? traced) => traced switch
    {
        { Reason: { } reason } when wanted == Wanted.Traced => new(
            "flops_not_traced",
            FindingSeverity.Warning,
            $"flops.method is traced, but the FLOPs of this run are not: {reason}",
            "finish",
            "flops.method: auto takes the best count there is without this warning."),
        { Reason: null } when flops is { Method: "traced", Confidence: not "high" } => new(
            "flops_disagree",
            FindingSeverity.Warning,
            $"the engine's graphs execute {flops.Executed:0.00e0} FLOP, which the model's dimensions do not explain",
            "finish",
            "flops_useful rests on the dimensions: read it with care, and report the model."),
        _ => null,
    };

    /// <summary>The rows of each batch by descending token limit, the order in which engines of static batches number them.</summary>
    public static IReadOnlyList<IReadOnlyList<RequestTokens>> Batches(WindowOutcome outcome)
    {
        // Requests that went out one by one share their steps with whoever is there: each counts for itself.
        if (outcome.Shape is not null)
            return [.. outcome.Requests.Select(request => Rows([request]))];
        // The traces stand in the order of the batches; a batch that broke off has no span, and its rows still worked.
        var batches = new List<IReadOnlyList<RequestTokens>>();
        var next = 0;
        foreach (var span in outcome.Batches)
        {
            batches.Add(Rows(outcome.Requests.Skip(next).Take(span.Requests)));
            next += span.Requests;
        }

        if (next < outcome.Requests.Count)
            batches.Add(Rows(outcome.Requests.Skip(next)));
        return batches;
    }

    static FlopsEstimate? Closed(
        EngineDescription engine, EngineModel model, IReadOnlyList<IReadOnlyList<RequestTokens>> batches, Wanted wanted, string? notTraced)
    {
        if (model.Architecture is { } architecture && wanted != Wanted.Parameters)
        {
            var why = !IsTraced(wanted) ? "flops.method is architecture" : notTraced is null ? null : $"not traced: {notTraced}";
            return FlopsEstimator.ByArchitecture(architecture, batches, engine.Execution, why);
        }

        return model.Parameters is not { } parameters ? null : FlopsEstimator.ByParameters(
            parameters, model.Hidden, model.Vocabulary, batches, engine.Execution,
            wanted == Wanted.Parameters ? "flops.method is parameters" : model.ArchitectureReason ?? "the model's dimensions are unknown");
    }

    static bool AreOfOneModel(double traced, double closed) => Math.Abs(traced - closed) <= Agreement * Math.Max(traced, closed);

    static FlopsRecord Unknown(string reason) => new(null, null, null, null, null, null, null, null, reason);

    static RequestTokens[] Rows(IEnumerable<RequestTrace> traces) =>
        [.. traces.OrderByDescending(trace => trace.Request.MaxTokens).Select(trace => new RequestTokens(trace.InputTokens, trace.OutputTokens, Math.Min(trace.Usage?.CachedTokens ?? 0, trace.InputTokens)))];
}

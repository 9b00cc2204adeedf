using Lem.Core.Metrics.Flops;
using Lem.Core.Results.Raw;
using Lem.Measurement.Engines;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>FLOP of the requests of a window, as they really ran: their real tokens, in their real batches.</summary>
static class WindowFlops
{
    public static FlopsRecord Count(EngineDescription engine, WindowOutcome outcome)
    {
        if (engine.Model is not { } model)
            return new(null, null, null, null, null, null, null, null, "the engine does not tell the model's dimensions");
        var batches = Batches(outcome);
        var estimate = model.Architecture is { } architecture
            ? FlopsEstimator.ByArchitecture(architecture, batches, engine.Execution, "not traced: the counts are computed from the model's dimensions")
            : model.Parameters is { } parameters
                ? FlopsEstimator.ByParameters(
                    parameters, model.Hidden, model.Vocabulary, batches, engine.Execution, model.ArchitectureReason ?? "the model's dimensions are unknown")
                : null;
        return estimate is null
            ? new(null, null, null, null, null, null, null, null, "neither the model's dimensions nor its parameters are known")
            : new(
                estimate.Useful, estimate.Executed, estimate.Prefill.Useful, estimate.Decode.Useful, estimate.Prefill.Executed, estimate.Decode.Executed,
                estimate.Method.ToString().ToLowerInvariant(), estimate.Confidence.ToString().ToLowerInvariant(), estimate.Reason);
    }

    // The traces stand in the order of the batches; a batch that broke off has no span, and its rows still worked.
    static List<IReadOnlyList<RequestTokens>> Batches(WindowOutcome outcome)
    {
        var batches = new List<IReadOnlyList<RequestTokens>>();
        var next = 0;
        foreach (var span in outcome.Batches)
        {
            batches.Add([.. outcome.Requests.Skip(next).Take(span.Requests).Select(Tokens)]);
            next += span.Requests;
        }

        if (next < outcome.Requests.Count)
            batches.Add([.. outcome.Requests.Skip(next).Select(Tokens)]);
        return batches;
    }

    static RequestTokens Tokens(RequestTrace trace) => new(trace.InputTokens, trace.OutputTokens);
}

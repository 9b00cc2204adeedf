using System.Text.Json.Nodes;
using Lem.Core.Configuration.Engines;
using Lem.Core.Results;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>Whether the engine's own counts can be true: no answer has more tokens than its request allowed.</summary>
static class ImplausibleUsage
{
    /// <param name="engine">Says how many answers each request has.</param>
    public static Finding? Doubt(WindowOutcome outcome, EngineSection engine)
    {
        var answers = engine.Table.Find("n") is null ? 1 : engine.Integer("n") ?? 1;
        var beyond = outcome.Requests.Where(request => request.Usage?.OutputTokens > answers * request.Request.MaxTokens).ToList();
        return beyond is not [var first, ..] ? null : new(
            "usage_implausible",
            FindingSeverity.Warning,
            $"the server says that {beyond.Count} of {outcome.Requests.Count} answers had more tokens than were asked for: request {first.Order} {first.Usage?.OutputTokens} instead of at most {answers * first.Request.MaxTokens}",
            "measure",
            "Its counts, and all that is told per token, cannot be trusted: look for a newer version of the server.",
            new JsonObject { ["requests"] = beyond.Count });
    }
}

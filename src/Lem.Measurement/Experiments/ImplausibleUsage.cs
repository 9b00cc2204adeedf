using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>Whether the engine's own counts can be true: no answer has more tokens than its request allowed.</summary>
static class ImplausibleUsage
{
    public static Finding? Doubt(WindowOutcome outcome)
    {
        var beyond = outcome.Requests.Where(request => request.Usage?.OutputTokens > request.Request.MaxTokens).ToList();
        return beyond is not [var first, ..] ? null : new(
            "usage_implausible",
            FindingSeverity.Warning,
            $"the server says that {beyond.Count} of {outcome.Requests.Count} answers had more tokens than were asked for: request {first.Order} {first.Usage?.OutputTokens} instead of at most {first.Request.MaxTokens}",
            "measure",
            "Its counts, and all that is told per token, cannot be trusted: look for a newer version of the server.",
            new JsonObject { ["requests"] = beyond.Count });
    }
}

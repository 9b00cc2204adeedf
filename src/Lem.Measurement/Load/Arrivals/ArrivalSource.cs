using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Load.Prompts;
using Lem.Measurement.Load.Traces;

namespace Lem.Measurement.Load.Arrivals;

/// <summary>Finds the trace whose times requests follow, where a configuration names one, before anything is loaded.</summary>
public static class ArrivalSource
{
    /// <summary>The prompts with the arrivals they are sent by.</summary>
    /// <param name="folder">What a relative path counts from.</param>
    /// <exception cref="LemException">The trace cannot be read, or fewer requests arrive than there are prompts.</exception>
    public static PromptSet WithArrivals(this PromptSet prompts, TrafficConfig traffic, string folder)
    {
        if (!traffic.Enabled)
            return prompts;
        var trace = ReplayedTrace.OfArrivals(traffic, folder);
        if (ArrivalLaw.Most(traffic, trace) is { } most && prompts.Measured.Count > most)
        {
            var source = trace?.Source ?? "a ramp to a rate of 0";
            throw new LemException(
                $"{source} brings {most} requests, but {prompts.Measured.Count} prompts are to be sent", $"Send at most {most} of them (-n {most}).");
        }

        return prompts with { Arrivals = trace };
    }
}

using Lem.Core;

namespace Lem.Measurement.Hub;

/// <summary>The hub gave no answer, or only that it cannot give one now. Whoever has the thing in the cache goes on; others explain.</summary>
sealed class HubUnreachableException(Uri address, string reason, Exception? inner = null) : Exception($"{address.Host} cannot be reached: {reason}", inner)
{
    /// <param name="wanted">What is needed and not here: <c>org/name model.gguf</c>.</param>
    /// <param name="cache">Where it would be.</param>
    public LemException Explain(string wanted, string cache) => new(
        $"{Message}; and {wanted} is not in the cache {cache}",
        "Check the network and its proxy (HTTPS_PROXY); HF_ENDPOINT names a mirror; or copy the cache of a machine that has it.",
        this);
}
